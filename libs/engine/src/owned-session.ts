import { pendingRequests, type SessionInput, type SwitchAnswer } from '@cordboard/domain';
import { type Appended, type AppendError, type Keyring } from '@cordboard/event-store';
import { answerCause, type Cause, timerCause } from './cause.ts';
import { type DeadlineWheel } from './deadline-wheel.ts';
import { type EnginePorts } from './ports.ts';
import { publishEvents } from './publisher.ts';
import { createReplies, type Replies } from './replies.ts';
import { type SessionMemory } from './session-memory.ts';
import { type RecordedEvent, SessionRunner } from './session-runner.ts';
import { createSwitchboard, type Switchboard } from './switchboard.ts';

/** A session in this worker's hands: its runner, and what leaves after each flush. */
export interface OwnedSession {
  readonly runner: SessionRunner;
  readonly replies: Replies;
  /** When the bound client's edge last said that it is there. */
  renewedAt: number;
  /** Sends the intents that a former owner left without outcome again, as probes. */
  readonly probe: () => void;
  /** Takes the time of a passed deadline in. */
  readonly elapse: () => void;
  readonly dispose: () => void;
}

export interface OwnedSessionHooks {
  /** The session ended in order. */
  readonly onClosed: (session: OwnedSession) => void;
  /** The session has to be given up: `fenced` when another worker owns it. */
  readonly onLost: (session: OwnedSession, error: AppendError) => void;
}

export interface Given {
  readonly memory: SessionMemory;
  readonly keyring: Keyring;
  readonly wheel: DeadlineWheel<OwnedSession>;
}

export const createOwnedSession = (
  ports: EnginePorts,
  { memory, keyring, wheel }: Given,
  hooks: OwnedSessionHooks,
): OwnedSession => {
  const { bus, clock, ids, metrics, store } = ports;
  const replies = createReplies();
  let disposed = false;

  const arrival = (): { at: number; seed: string } => ({ at: clock.now(), seed: ids.next() });
  const take = (input: SessionInput, cause: Cause): void => {
    const taken = runner.submit({ input, cause });
    if (!taken.ok) {
      ports.log.error('a fact was refused', { session: runner.sessionId, code: taken.error.code });
    }
  };

  const onAnswer = (requestId: string, answer: SwitchAnswer): void => {
    const { adapter } = runner.state;
    const pending = pendingRequests(runner.state).find((known) => known.requestId === requestId);
    if (pending === undefined) return;
    take(
      { kind: 'answer', requestId, answer, ...arrival() },
      answerCause(adapter?.instance ?? 'none', requestId, pending.commandId),
    );
  };

  const switchboard: Switchboard = createSwitchboard(bus, metrics, {
    onAnswer,
    onStale: () => hooks.onLost(owned, { kind: 'fenced' }),
  });

  const sendIntent = (pending: ReturnType<typeof pendingRequests>[number], probe: boolean): void => {
    const { state, memory: known } = runner;
    if (state.adapter === null) return;
    switchboard.send({
      tenant: state.tenant,
      processor: state.processor,
      instance: state.adapter.instance,
      epoch: known.head.epoch,
      requestId: pending.requestId,
      request: pending.request,
      probe,
    });
  };

  const act = ({ event }: RecordedEvent): void => {
    if (event.type === 'SwitchRequested') sendIntent(event.data, false);
    if (event.type === 'SwitchAnswered') switchboard.forget(event.data.requestId);
  };

  const onFlushed = (events: readonly RecordedEvent[], at: Appended): void => {
    for (const { event } of events) {
      if (event.type === 'CommandCompleted') replies.answer(event.data.commandId, event.data.outcome);
    }
    publishEvents(bus, metrics, events, at);
    for (const recorded of events) act(recorded);
    if (events.some(({ event }) => event.type === 'SessionClosed')) hooks.onClosed(owned);
  };

  const runner = new SessionRunner(memory, keyring, store, {
    onFlushed,
    onLost: (error) => hooks.onLost(owned, error),
    onDeadline: (at) => (disposed ? undefined : wheel.set(owned, at)),
  });

  const owned: OwnedSession = {
    runner,
    replies,
    renewedAt: clock.now(),
    probe: () => {
      for (const pending of pendingRequests(runner.state)) sendIntent(pending, true);
    },
    elapse: () => {
      const { at, seed } = arrival();
      take({ kind: 'elapsed', at, seed }, timerCause(seed));
    },
    dispose: () => {
      disposed = true;
      wheel.set(owned, null);
      switchboard.forget();
    },
  };
  return owned;
};
