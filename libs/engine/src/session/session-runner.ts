import {
  type House,
  nextDeadlineAt,
  type Rejection,
  sealScope,
  sessionDecider,
  type SessionEvent,
  type SessionInput,
  type SessionState,
} from '@cordboard/domain';
import {
  type Append,
  type Appended,
  type AppendError,
  type AppendOutcome,
  type DataKeyRecord,
  type DataSubjectRecord,
  type EventRecord,
  type EventStore,
  type Keyring,
  type StoredSnapshot,
} from '@cordboard/event-store';
import { err, type JsonObject, ok, type Result } from '@cordboard/kernel';
import { contextOf, isPassing, toRecord } from '@cordboard/translation';
import { type Cause } from './cause.ts';
import { remember, type SessionMemory } from './session-memory.ts';
import { snapshotOf } from './session-snapshot.ts';

/** An event with its row and, for the live publication, its data in clear. */
export interface RecordedEvent {
  readonly event: SessionEvent;
  readonly record: EventRecord;
  readonly clear: JsonObject;
  /** The object and its parents, when debugging is switched on. */
  readonly context?: JsonObject | undefined;
}

/** An event that is told to whoever listens now and stored nowhere. */
export interface PassingEvent extends Pick<RecordedEvent, 'event' | 'clear' | 'context'> {
  readonly tenant: string;
  readonly name: string;
  readonly at: number;
}

export interface RunnerSettings {
  readonly house?: ((tenant: string) => House | undefined) | undefined;
  readonly debugContext?: boolean | undefined;
}

export interface RunnerHooks {
  /** After the flush: replies, publications, requests to the switch, in that order. */
  readonly onFlushed: (events: readonly RecordedEvent[], at: Appended) => void;
  /** After that; `sequence` is the last one of the wire. */
  readonly onPassing: (events: readonly PassingEvent[], sequence: number) => void;
  /** The flush failed: this memory is no longer the truth. Called once; the runner refuses everything after it. */
  readonly onLost: (error: AppendError) => void;
  readonly onDeadline: (at: number | null) => void;
}

/** Waits for the flush of what an input led to; `null` error means that it stands in the log. */
export type Flush = Promise<AppendError | null>;

interface Decision {
  readonly input: SessionInput;
  readonly cause: Cause;
}

interface Batch {
  readonly events: RecordedEvent[];
  readonly passing: PassingEvent[];
  readonly keys: DataKeyRecord[];
  readonly subjects: DataSubjectRecord[];
}

/**
 * The one door of one session: every input is decided, folded and handed to the log here, in order, and
 * nothing that follows from it leaves before it is flushed (design section 4).
 */
export class SessionRunner {
  readonly sessionId: string;
  #memory: SessionMemory;
  #stored: SessionMemory;
  #lost: AppendError | null = null;
  /** Settles when everything decided so far was flushed and its effects are out. */
  #gate: Promise<void> = Promise.resolve();

  constructor(
    memory: SessionMemory,
    private readonly keyring: Keyring,
    private readonly store: EventStore,
    private readonly hooks: RunnerHooks,
    private readonly settings: RunnerSettings,
  ) {
    this.sessionId = memory.head.sessionId;
    this.#memory = memory;
    this.#stored = memory;
  }

  get memory(): SessionMemory {
    return this.#memory;
  }

  get state(): SessionState {
    return this.#memory.state;
  }

  /** What stands in the log for sure: all that anybody outside may be told. */
  get stored(): SessionMemory {
    return this.#stored;
  }

  get lost(): boolean {
    return this.#lost !== null;
  }

  /** Nothing that was decided waits for its write. */
  get isAtRest(): boolean {
    return this.#lost === null && this.#memory.head === this.#stored.head;
  }

  /** The state that stands in the log, as a cache for the next owner; null while more is on its way. */
  snapshot(): StoredSnapshot | null {
    return this.isAtRest ? snapshotOf(this.#stored, this.keyring) : null;
  }

  /** Everything decided so far has been flushed (or lost) and its effects have left. */
  get settled(): Promise<void> {
    return this.#gate;
  }

  /** Another worker owns the session. */
  fence(): void {
    this.giveUp({ kind: 'fenced' });
  }

  /** Nothing that was decided and not yet sent leaves any more. */
  giveUp(error: AppendError): void {
    this.#lose(error);
  }

  /**
   * Takes an input through decide, evolve and append; several inputs given at once are stored in one write. An
   * input that raises is a mistake of ours: it is refused like a row that the log will not take.
   */
  submit(...decisions: readonly [Decision, ...Decision[]]): Result<Flush, Rejection> {
    if (this.#lost !== null) return ok(Promise.resolve(this.#lost));
    try {
      return this.#submit(decisions);
    } catch (error) {
      return ok(Promise.resolve(this.#lose({ kind: 'refused', reason: String(error) })));
    }
  }

  #submit(decisions: readonly Decision[]): Result<Flush, Rejection> {
    const batch: Batch = { events: [], passing: [], keys: [], subjects: [] };
    const house = this.settings.house?.(this.#memory.head.tenant);
    for (const { input, cause } of decisions) {
      const decided = sessionDecider.decide(this.#memory.state, { ...input, house });
      if (!decided.ok) {
        if (batch.events.length > 0)
          throw new Error(`${input.kind} was refused after another input was taken`);
        return err(decided.error);
      }
      for (const event of decided.value) {
        if (isPassing(event)) this.#pass(event, input.at, batch);
        else this.#record(event, input.at, cause, batch);
      }
    }
    this.hooks.onDeadline(nextDeadlineAt(this.#memory.state));
    return ok(batch.events.length === 0 ? this.#tell(batch.passing) : this.#flush(batch));
  }

  /** Forgets a switch event number that led to nothing, so that its repetition is known. */
  passSwitchEvent(ctiSeq: number): void {
    this.#memory = {
      ...this.#memory,
      ctiSeq: Math.max(this.#memory.ctiSeq, ctiSeq),
      ctiSeqSure: true,
    };
  }

  #pass(event: SessionEvent, at: number, { passing }: Batch): void {
    const { state, head } = this.#memory;
    const { name, data: clear } = toRecord(event, state);
    if (name !== null) {
      passing.push({ event, tenant: head.tenant, name, clear, at, context: this.#context(event, state) });
    }
  }

  #context({ target }: SessionEvent, after: SessionState): JsonObject | undefined {
    if (this.settings.debugContext !== true) return undefined;
    return contextOf(target, after, this.#memory.state);
  }

  #record(event: SessionEvent, at: number, cause: Cause, batch: Batch): void {
    const state = sessionDecider.evolve(this.#memory.state, event);
    const shape = toRecord(event, state);
    const recorded = this.keyring.record(this.#memory.head, {
      type: shape.type,
      version: shape.version,
      target: shape.target,
      name: shape.name,
      data: shape.data,
      personal: shape.personal,
      subjects: shape.subjects,
      at,
      scope: sealScope(event, cause.correlation),
      meta: cause,
    });
    const context = this.#context(event, state);
    batch.events.push({ event, record: recorded.record, clear: shape.data, context });
    batch.keys.push(...recorded.keys);
    batch.subjects.push(...recorded.subjects);
    this.#memory = remember(this.#memory, { event, state, record: recorded.record, head: recorded.head });
  }

  #flush(batch: Batch): Flush {
    const memory = this.#memory;
    const before = this.#gate;
    const appended = this.store
      .append(appendOf(this.sessionId, batch))
      .catch((error: unknown): AppendOutcome => err({ kind: 'unknown', reason: String(error) }));
    const flushed = appended.then(async (result): Promise<AppendError | null> => {
      await before;
      if (!result.ok) return this.#lose(result.error);
      // Stored, but no longer ours to tell: the next owner does.
      if (this.#lost !== null) return { kind: 'unknown', reason: 'the session was given up' };
      this.#stored = memory;
      return this.#leave(batch, result.value);
    });
    this.#gate = flushed.then(() => undefined);
    return flushed;
  }

  /** Nothing was decided that is stored; what is told all the same waits for what was decided before it. */
  #tell(passing: PassingEvent[]): Flush {
    const told = this.#gate.then(() => this.#lost ?? this.#leave({ events: [], passing }, null));
    this.#gate = told.then(() => undefined);
    return told;
  }

  #leave({ events, passing }: Pick<Batch, 'events' | 'passing'>, at: Appended | null): AppendError | null {
    try {
      if (at !== null) this.hooks.onFlushed(events, at);
      if (passing.length > 0) this.hooks.onPassing(passing, this.#stored.head.wireSeq ?? 0);
      return null;
    } catch (error) {
      return this.#lose({ kind: 'unknown', reason: String(error) });
    }
  }

  #lose(error: AppendError): AppendError {
    if (this.#lost === null) {
      this.#lost = error;
      this.hooks.onLost(error);
    }
    return error;
  }
}

const appendOf = (sessionId: string, batch: Batch): Append => {
  const opening = batch.events.find(({ event }) => event.type === 'SessionPrepared')?.event;
  const opens =
    opening?.type === 'SessionPrepared'
      ? { tenant: opening.data.tenant, processor: opening.data.processor, agentId: opening.data.agent.id }
      : undefined;
  return {
    sessionId,
    records: batch.events.map(({ record }) => record),
    keys: batch.keys,
    subjects: batch.subjects,
    opens,
    closes: batch.events.some(({ event }) => event.type === 'SessionClosed'),
  };
};
