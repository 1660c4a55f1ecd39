import { err, ok, type Result } from '@cordboard/kernel';
import { type Rejection } from '../rejection.ts';
import { type SessionInput } from '../session-input.ts';
import { type Draft, sessionTarget } from './draft.ts';
import { refuse } from './refusal-session.ts';

type Bind = Extract<SessionInput, { kind: 'bind' }>;
type Unbind = Extract<SessionInput, { kind: 'unbind' }>;

/** Binds a desktop: the same one replaces its own binding, another one has to say that it takes over. */
export const bind = (draft: Draft, { client, binding, takeover }: Bind): Result<void, Rejection> => {
  const { phase, client: present } = draft.state();
  if (phase === 'NONE') return err(refuse('UNKNOWN_TARGET', 'There is no such session.'));
  if (phase === 'CLOSED') return err(refuse('SESSION_CLOSED', 'This session has ended. Prepare a new one.'));
  if (present?.binding === binding && present.client === client) return ok(undefined);
  if (present !== null && present.client !== client && !takeover) {
    return err(refuse('SESSION_BOUND', 'Another desktop has this session. Bind with takeover to take it.'));
  }
  const target = sessionTarget(draft);
  if (present !== null) {
    draft.emit('ClientUnbound', target, { binding: present.binding, reason: 'taken-over', lapsesAt: null });
  }
  draft.emit('ClientBound', target, { client, binding });
  return ok(undefined);
};

/** Lets the present desktop go; from now on the policy counts. */
export const unbind = (draft: Draft, { binding, reason }: Unbind): void => {
  const { client, policy } = draft.state();
  if (client?.binding !== binding) return;
  const lapsesAt = policy.whenLapsed === 'keep' ? null : draft.at + policy.resumeMs;
  draft.emit('ClientUnbound', sessionTarget(draft), { binding, reason, lapsesAt });
};
