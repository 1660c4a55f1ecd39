import { type Bus, type BusMessage, HEADERS, type Subject, subjects, type Unanswered } from '@cordboard/bus';
import { parseCtiMessage } from '@cordboard/cti-protocol';
import { type SwitchAnswer, type SwitchRequest } from '@cordboard/domain';
import { answerFromCti, requestToCti } from '@cordboard/translation';
import { type EngineMetrics } from './ports.ts';

/** An intent that stands in the log, about to be carried out. */
interface Intent {
  readonly tenant: string;
  readonly processor: string;
  readonly instance: string;
  readonly epoch: number;
  readonly requestId: string;
  readonly request: SwitchRequest;
  /** Set by a new owner that found the intent without an outcome (design K11). */
  readonly probe: boolean;
}

export interface Switchboard {
  readonly send: (intent: Intent) => void;
  /** Stops listening for answers, for a session that was given up or a request that timed out. */
  readonly forget: (requestId?: string) => void;
}

export interface SwitchboardHooks {
  readonly onAnswer: (requestId: string, answer: SwitchAnswer) => void;
  /** The adapter has heard a later owner: this one is not the owner any more. */
  readonly onStale: () => void;
}

const failed = (cause: Exclude<SwitchAnswer, { ok: true }>['cause'], message: string): SwitchAnswer => ({
  ok: false,
  cause,
  message,
});

const UNREACHABLE: Readonly<Record<Exclude<Unanswered, 'closed'>, string>> = {
  'no-responders': 'The phone system adapter cannot be reached. Please try again later.',
  'too-large': 'The request is too large for the phone system adapter.',
  busy: 'Too many requests to the phone system are open. Please try again in a moment.',
};

const subjectOf = ({ tenant, processor, instance, request }: Intent): Subject =>
  request.type === 'CreateSession'
    ? subjects.ctiControl(tenant, processor, instance)
    : subjects.ctiRequest(tenant, processor, instance, request.target);

/** What an answer says, or null while the final one is still to come. */
const readAnswer = (request: SwitchRequest, message: BusMessage): SwitchAnswer | 'stale' | null => {
  switch (message.headers[HEADERS.answer]) {
    case 'pending':
      return null;
    case 'stale':
      return 'stale';
    case 'never-seen':
      return failed('never-seen', 'The request was lost before the phone system got it. Please try again.');
    case 'unknown-session':
      return failed('unknown', 'The phone system adapter was restarted and does not know this session.');
    default: {
      const parsed = parseCtiMessage(message.body);
      if (!parsed.ok)
        return failed('malformed', 'The phone system adapter gave an answer that cannot be read.');
      return answerFromCti(request, parsed.value.message);
    }
  }
};

/** Carries out the requests of one session. Time limits are the domain's: it sees the deadline pass. */
export const createSwitchboard = (bus: Bus, metrics: EngineMetrics, hooks: SwitchboardHooks): Switchboard => {
  const open = new Map<string, () => void>();

  const finish = (requestId: string): void => {
    open.get(requestId)?.();
    open.delete(requestId);
  };

  const send = (intent: Intent): void => {
    const { requestId, request } = intent;
    finish(requestId);
    metrics.count('switch_requests');
    const settle = (answer: SwitchAnswer): void => {
      finish(requestId);
      if (!answer.ok && answer.cause === 'malformed') metrics.count('switch_answers_malformed');
      hooks.onAnswer(requestId, answer);
    };
    const end = bus.ask(
      subjectOf(intent),
      JSON.stringify(requestToCti(request, requestId, intent.processor)),
      {
        headers: {
          [HEADERS.epoch]: String(intent.epoch),
          ...(intent.probe ? { [HEADERS.probe]: 'true' } : {}),
        },
        onReply: (message) => {
          const answer = readAnswer(request, message);
          if (answer === 'stale') {
            finish(requestId);
            hooks.onStale();
          } else if (answer !== null) settle(answer);
        },
        onNoResponders: (why) => {
          // With our own connection gone nothing is known; the next owner probes. A probe that reaches nobody
          // says nothing of the request before it.
          if (why === 'closed') finish(requestId);
          else settle(failed(intent.probe ? 'unknown' : 'unreachable', UNREACHABLE[why]));
        },
      },
    );
    open.set(requestId, end);
  };

  const forget = (requestId?: string): void => {
    if (requestId !== undefined) return finish(requestId);
    for (const known of [...open.keys()]) finish(known);
  };

  return { send, forget };
};
