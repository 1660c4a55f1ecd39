import { type Decider, err, ok, type Result } from '@cordboard/kernel';
import { holdBacksElapsed } from '../interaction/hold-back-steps.ts';
import { loseAdapter } from '../reconcile/adapter-lost.ts';
import { beginReconcile, retryReconcile } from '../reconcile/log-in-again.ts';
import { takeSurvey } from '../reconcile/take-survey.ts';
import { type Rejection } from '../rejection.ts';
import { type SessionEvent } from '../session-event.ts';
import { type SessionInput } from '../session-input.ts';
import { lapse } from './absence.ts';
import { bind, unbind } from './binding.ts';
import { closeSession } from './close.ts';
import { type Draft, openDraft } from './draft.ts';
import { evolve } from './evolve.ts';
import { refuse } from './refusal-session.ts';
import { initialState, type SessionState } from './session-state.ts';
import { settle } from './settle.ts';
import { takeAnswer } from './take-answer.ts';
import { takeCommand } from './take-command.ts';
import { takeFact } from './take-fact.ts';
import { tearDownSession } from './tear-down.ts';

type Input<Kind extends SessionInput['kind']> = Extract<SessionInput, { kind: Kind }>;
type Taken = Result<void, Rejection>;

const DONE: Taken = ok(undefined);

const prepare = (draft: Draft, input: Input<'prepare'>): Taken => {
  if (draft.state().phase !== 'NONE') return err(refuse('INVALID_STATE', 'The session is prepared already.'));
  const { session, tenant, processor, agent, model, policy, at } = input;
  const endsAt = at + policy.unboundMs;
  draft.emit('SessionPrepared', { session }, { session, tenant, processor, agent, model, policy, endsAt });
  return DONE;
};

const timedOut = (draft: Draft): void => {
  for (const { requestId, deadlineAt, request } of draft.state().requests) {
    if (deadlineAt > draft.at) continue;
    takeAnswer(draft, requestId, {
      ok: false,
      cause: 'timeout',
      message: `The switch did not answer ${request.type} in time.`,
    });
    settle(draft);
  }
};

const elapsed = (draft: Draft): Taken => {
  timedOut(draft);
  holdBacksElapsed(draft);
  retryReconcile(draft);
  settle(draft);
  if (draft.state().phase !== 'CLOSED') lapse(draft);
  return DONE;
};

const close = (draft: Draft): Taken => {
  const { phase } = draft.state();
  if (phase !== 'PREPARED' && phase !== 'NONE') tearDownSession(draft);
  if (phase !== 'NONE') closeSession(draft, 'overridden');
  return DONE;
};

const take = (draft: Draft, input: SessionInput): Taken => {
  switch (input.kind) {
    case 'prepare':
      return prepare(draft, input);
    case 'command':
      return takeCommand(draft, input);
    case 'bind':
      return bind(draft, input);
    case 'unbind':
      unbind(draft, input);
      return DONE;
    case 'answer':
      takeAnswer(draft, input.requestId, input.answer);
      return DONE;
    case 'fact':
      takeFact(draft, input.fact);
      return DONE;
    case 'elapsed':
      return elapsed(draft);
    case 'adapter-lost':
      loseAdapter(draft, input);
      return DONE;
    case 'reconcile':
      beginReconcile(draft, input);
      return DONE;
    case 'surveyed':
      takeSurvey(draft, input);
      return DONE;
    case 'claim':
      draft.emit(
        'OwnershipClaimed',
        { session: draft.state().session },
        {
          epoch: input.epoch,
          worker: input.worker,
        },
      );
      return DONE;
    case 'close':
      return close(draft);
  }
};

const decide = (state: SessionState, input: SessionInput): Result<readonly SessionEvent[], Rejection> => {
  const closed = state.phase === 'CLOSED';
  if (closed && input.kind !== 'command' && input.kind !== 'bind' && input.kind !== 'prepare') return ok([]);
  const { at, seed, house, kind } = input;
  const draft = openDraft(state, { at, seed, house, silent: kind === 'close' });
  const taken = take(draft, input);
  if (!taken.ok) return taken;
  // A claim says who owns the session and nothing more: what is overdue follows with the time.
  if (input.kind !== 'claim') settle(draft);
  return ok(draft.events());
};

/** The aggregate: one agent's session, from the preparation to its end. */
export const sessionDecider: Decider<SessionState, SessionInput, SessionEvent, Rejection> = {
  initialState,
  decide,
  evolve,
};
