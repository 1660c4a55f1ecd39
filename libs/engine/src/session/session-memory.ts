import { type CommandOutcome, type SessionEvent, sessionDecider, type SessionState } from '@cordboard/domain';
import {
  advance,
  type EventRecord,
  type Head,
  type Keyring,
  openingHead,
  type StoredEvent,
} from '@cordboard/event-store';
import { type CommandLedger, createCommandLedger } from '../commands/command-ledger.ts';
import { fromRecord } from '@cordboard/translation';

/** All that an owner knows of a session; thrown away and folded again when a flush fails. */
export interface SessionMemory {
  readonly state: SessionState;
  readonly head: Head;
  readonly ledger: CommandLedger;
  /** Number of the last switch event recorded since the adapter took the session. */
  readonly ctiSeq: number;
  /** Whether that is the last one at all: what led to nothing is not stored, so a new owner does not know of it. */
  readonly ctiSeqSure: boolean;
  /** Bindings that ended, the last few: a bind that was held up on its way must not bring one back. */
  readonly endedBindings: readonly string[];
}

const ENDED_BINDINGS = 8;

export const emptyMemory = (sessionId: string, tenant: string): SessionMemory => ({
  state: sessionDecider.initialState,
  head: openingHead(sessionId, tenant),
  ledger: createCommandLedger(),
  ctiSeq: 0,
  ctiSeqSure: true,
  endedBindings: [],
});

/** An adapter numbers the events of a session from 1 after each createsession (design K9). */
const ctiSeqAfter = (
  { ctiSeq, ctiSeqSure }: SessionMemory,
  event: SessionEvent,
  { meta }: EventRecord,
): Pick<SessionMemory, 'ctiSeq' | 'ctiSeqSure'> => {
  const begins = event.type === 'SwitchRequested' && event.data.request.type === 'CreateSession';
  return begins
    ? { ctiSeq: 0, ctiSeqSure: true }
    : { ctiSeq: Math.max(ctiSeq, meta.ctiSeq ?? 0), ctiSeqSure: ctiSeqSure || meta.ctiSeq !== undefined };
};

/** The answer was read for the moment and is not kept: asked again, the command is carried out again. */
export const isAgain = (outcome: CommandOutcome): boolean =>
  outcome.result === 'success' && outcome.again === true;

/** The memory after one more recorded event; `state` is the state after it. */
export const remember = (
  memory: SessionMemory,
  {
    event,
    record,
    state,
    head,
  }: { event: SessionEvent; record: EventRecord; state: SessionState; head: Head },
): SessionMemory => {
  if (event.type === 'CommandCompleted' && !isAgain(event.data.outcome)) {
    memory.ledger.add(event.data.digest, record.seq);
  }
  const { ctiSeq, ctiSeqSure } = ctiSeqAfter(memory, event, record);
  return {
    state,
    head,
    ledger: memory.ledger,
    ctiSeq,
    ctiSeqSure,
    endedBindings:
      event.type === 'ClientUnbound'
        ? [...memory.endedBindings, event.data.binding].slice(-ENDED_BINDINGS)
        : memory.endedBindings,
  };
};

/** Folds stored rows onto what was before them. A row that cannot be read back is a bug or a newer release, and raises. */
export const foldMemory = (
  before: SessionMemory,
  rows: readonly StoredEvent[],
  keyring: Keyring,
): SessionMemory => {
  let memory = before;
  for (const row of rows) {
    const event = fromRecord({ ...row, data: keyring.open(row) });
    if (!event.ok) throw new Error(`session ${row.sessionId}, sequence ${row.seq}: ${event.error}`);
    const state = sessionDecider.evolve(memory.state, event.value);
    memory = remember(memory, { event: event.value, record: row, state, head: advance(memory.head, row) });
  }
  return { ...memory, ctiSeqSure: false };
};
