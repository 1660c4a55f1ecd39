import { type BusMessage, HEADERS, type Subject, subjects, type Unanswered } from '@cordboard/bus';
import { parseCtiMessage } from '@cordboard/cti-protocol';
import { type SwitchAnswer, type SwitchRequest } from '@cordboard/domain';
import { answerFromCti } from '@cordboard/translation';

/** Where a session's questions go. */
export interface SwitchPlace {
  readonly tenant: string;
  readonly processor: string;
  readonly instance: string;
}

export const failed = (
  cause: Exclude<SwitchAnswer, { ok: true }>['cause'],
  message: string,
): SwitchAnswer => ({
  ok: false,
  cause,
  message,
});

export const UNREACHABLE: Readonly<Record<Exclude<Unanswered, 'closed'>, string>> = {
  'no-responders': 'The phone system adapter cannot be reached. Please try again later.',
  'too-large': 'The request is too large for the phone system adapter.',
  busy: 'Too many requests to the phone system are open. Please try again in a moment.',
};

export const subjectOf = ({ tenant, processor, instance }: SwitchPlace, request: SwitchRequest): Subject =>
  request.type === 'CreateSession'
    ? subjects.ctiControl(tenant, processor, instance)
    : subjects.ctiRequest(tenant, processor, instance, request.target);

/**
 * What an answer says. `pending`: the final one is still to come. `stale`: the adapter has heard a later owner.
 * `forgotten`: it does not know the session.
 */
export const readAnswer = (
  request: SwitchRequest,
  message: BusMessage,
): SwitchAnswer | 'stale' | 'forgotten' | 'pending' => {
  switch (message.headers[HEADERS.answer]) {
    case 'pending':
    case 'stale':
      return message.headers[HEADERS.answer] as 'pending' | 'stale';
    case 'never-seen':
      return failed('never-seen', 'The request was lost before the phone system got it. Please try again.');
    case 'unknown-session':
      return 'forgotten';
    default: {
      const parsed = parseCtiMessage(message.body);
      if (!parsed.ok)
        return failed('malformed', 'The phone system adapter gave an answer that cannot be read.');
      return answerFromCti(request, parsed.value.message);
    }
  }
};
