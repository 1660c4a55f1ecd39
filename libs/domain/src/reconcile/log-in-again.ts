import { RECONCILE_RETRY_MS, RECONCILE_REFUSALS } from '../limits.ts';
import { endSession } from '../session/close.ts';
import { ask, type Draft, sessionTarget } from '../session/draft.ts';
import { assignAdapter } from '../session/session-commands.ts';
import { type Adapter, type SessionInput } from '../session-input.ts';
import { type SessionState } from '../session/session-state.ts';
import { type SwitchAnswer } from '../switch-request.ts';
import { tellAllowed } from './tell-allowed.ts';

const entriesOf = ({ capabilities }: Pick<Adapter, 'capabilities'>): string =>
  JSON.stringify(Object.entries(capabilities).sort(([one], [other]) => (one < other ? -1 : 1)));

const isSame = (known: SessionState['adapter'], adapter: Adapter): boolean =>
  known?.instance === adapter.instance &&
  known.incarnation === adapter.incarnation &&
  entriesOf(known) === entriesOf(adapter);

const askLogIn = (draft: Draft): void => {
  const { agent, extension } = draft.state();
  ask(draft, {
    type: 'CreateSession',
    target: sessionTarget(draft),
    agent: extension === null ? agent : { ...agent, extension },
  });
};

/** Begins to compare the session with what an adapter says, from its log-in on; the same one is not begun with twice. */
export const beginReconcile = (
  draft: Draft,
  { cause, adapter }: Pick<Extract<SessionInput, { kind: 'reconcile' }>, 'cause' | 'adapter'>,
): void => {
  const before = draft.state();
  if (before.link !== 'down') return;
  const same = isSame(before.adapter, adapter);
  if (same && before.reconcile !== null && before.reconcile.stage !== 'waiting') return;
  if (!same) assignAdapter(draft, adapter);
  draft.emit('ReconcileBegan', sessionTarget(draft), { cause });
  askLogIn(draft);
  // Another adapter may be able to do other things.
  if (!same) tellAllowed(draft, before);
};

/** It did not come off: it is tried again after 1, 2, 4 ... 30 seconds. */
export const failReconcile = (draft: Draft): void => {
  const attempts = draft.state().reconcile?.attempts ?? 0;
  const wait = Math.min(RECONCILE_RETRY_MS.most, RECONCILE_RETRY_MS.first * 2 ** Math.min(attempts, 16));
  draft.emit('ReconcileEnded', sessionTarget(draft), { outcome: 'failed', retryAt: draft.at + wait });
};

/** Tries again what failed, when its time has come. */
export const retryReconcile = (draft: Draft): void => {
  const { reconcile } = draft.state();
  if (reconcile === null || reconcile.retryAt === null || reconcile.retryAt > draft.at) return;
  askLogIn(draft);
};

/** A log-in that is refused again and again is none any more: the session ends, and nothing of it stays. */
export const followLogIn = (draft: Draft, answer: SwitchAnswer): void => {
  if (answer.ok) return;
  const { reconcile } = draft.state();
  if (reconcile !== null && reconcile.refusals >= RECONCILE_REFUSALS) endSession(draft);
  else failReconcile(draft);
};
