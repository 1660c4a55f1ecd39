import { deriveId, type Target } from '@cordboard/kernel';
import { EMPTY_HOUSE, type House } from '../house.ts';
import { ANSWER_TIMEOUT_MS, LOGIN_TIMEOUT_MS } from '../limits.ts';
import { hasWireForm } from '../session-event-kinds.ts';
import { type EventData, type EventType, type SessionEvent } from '../session-event.ts';
import { type SwitchFact } from '../switch-fact.ts';
import { type SwitchRequest } from '../switch-request.ts';
import { evolve } from './evolve.ts';
import { type SessionState } from './session-state.ts';

/**
 * One decision in the making. Every event is folded as soon as it is emitted, so that the next one is decided
 * on the state that it will meet.
 */
export interface Draft {
  readonly at: number;
  /** What the tenant has configured. */
  readonly house: House;
  readonly state: () => SessionState;
  readonly events: () => readonly SessionEvent[];
  readonly emit: <Type extends EventType>(type: Type, target: Target, data: EventData[Type]) => void;
  readonly newId: () => string;
  /** The next of the facts that an emitted event has let through. */
  readonly nextReleased: () => SwitchFact | undefined;
}

interface Opening {
  readonly at: number;
  readonly seed: string;
  readonly house?: House | undefined;
  /** Nothing that follows is shown to the agent. */
  readonly silent?: boolean;
}

/** Facts that such an event takes out of the waiting line are dropped: too old, or said again by a survey. */
const DROPS: ReadonlySet<EventType> = new Set(['SwitchFactDeferred', 'AdapterLost', 'ReconcileBegan']);

export const openDraft = (initial: SessionState, opening: Opening): Draft => {
  const { at, seed, house = EMPTY_HOUSE, silent = false } = opening;
  const events: SessionEvent[] = [];
  const released: SwitchFact[] = [];
  let state = initial;
  let ids = 0;

  const release = (before: readonly SwitchFact[]): void => {
    const waiting = new Set(state.deferred);
    if (state.deferred !== before) released.push(...before.filter((fact) => !waiting.has(fact)));
  };

  const emit: Draft['emit'] = (type, target, data) => {
    const hidden = (silent || state.phase === 'LOGGING_OUT') && hasWireForm(type);
    const event = (hidden ? { type, target, data, silent: true } : { type, target, data }) as SessionEvent;
    const before = state.deferred;
    state = evolve(state, event);
    events.push(event);
    if (!DROPS.has(type)) release(before);
  };

  return {
    at,
    house,
    state: () => state,
    events: () => events,
    emit,
    newId: () => deriveId(seed, ids++),
    nextReleased: () => released.shift(),
  };
};

/** Records the intent to ask the switch; the engine asks once it is stored. */
export const ask = (draft: Draft, request: SwitchRequest, commandId?: string): void => {
  const slow = request.type === 'CreateSession' || request.type === 'LogOutAgent';
  draft.emit('SwitchRequested', request.target, {
    requestId: draft.newId(),
    request,
    deadlineAt: draft.at + (slow ? LOGIN_TIMEOUT_MS : ANSWER_TIMEOUT_MS),
    commandId,
  });
};

/** The address of the session itself. */
export const sessionTarget = (draft: Draft): Target => ({ session: draft.state().session });
