import { err } from '@cordboard/kernel';
import { appendFault } from '../../append-rules.ts';
import { type Append, type AppendError, type AppendOutcome } from '../../event-store.ts';
import { type LaneMark } from '../../lanes.ts';
import { AppendQueue, type PendingAppend, type QueueLimits } from './append-queue.ts';
import { type EncodedAppend, encodeAppend } from './encoded-append.ts';
import { flushBatch } from './flush-batch.ts';
import { type Lane } from './lane.ts';

interface Given {
  readonly openLane: () => Promise<Lane>;
  /** Hears of each lane that was left with an unknown end, after a fresh one was opened. */
  readonly onLaneLeft: (lane: number) => void;
  readonly closedBy: string;
  readonly limits: QueueLimits;
  readonly now: () => number;
}

const NEVER_SETTLED: AppendOutcome = err({ kind: 'unknown', reason: 'the batch came to no end' });

/** After a failed connection nothing is tried for this long, twice as long each time. */
const FIRST_BACK_OFF_MS = 100;
const LAST_BACK_OFF_MS = 2_000;

const encodedOrFault = (append: Append): EncodedAppend | string => {
  const fault = appendFault(append);
  if (fault !== null) return fault;
  try {
    return encodeAppend(append);
  } catch (error) {
    return error instanceof Error ? error.message : 'a value has no JSON form';
  }
};

const nobodyWaits = (): void => undefined;

const failAll = (pending: readonly PendingAppend[], error: AppendError): void => {
  for (const { settle } of pending) settle(err(error));
};

/**
 * Group commit without a timer (design K4): while one statement is under way the next batch gathers. Appends of
 * one session keep their order and may be given without waiting; after one failed, those behind it fail too.
 */
export class Appender {
  readonly #queue: AppendQueue;
  #lane: Lane | null = null;
  #pump: Promise<void> | null = null;
  #closed = false;
  #backOffMs = 0;
  #silentUntil = 0;
  #silence = '';

  constructor(private readonly given: Given) {
    this.#queue = new AppendQueue(given.limits);
  }

  append(append: Append): Promise<AppendOutcome> {
    if (this.#closed) return Promise.resolve(err({ kind: 'unavailable', reason: 'the store is closed' }));
    if (this.given.now() < this.#silentUntil) {
      return Promise.resolve(err({ kind: 'unavailable', reason: this.#silence }));
    }
    const ready = encodedOrFault(append);
    if (typeof ready === 'string') return Promise.resolve(err({ kind: 'refused', reason: ready }));
    return new Promise((settle) => {
      if (!this.#queue.offer({ encoded: ready, settle })) return settle(err({ kind: 'overloaded' }));
      this.#pump ??= this.#run();
    });
  }

  get pressure(): number {
    return this.#queue.fullness;
  }

  /** The last place of the lane that is known to be stored; null while there is none. */
  get mark(): LaneMark | null {
    const lane = this.#lane;
    return lane === null || lane.isLost() ? null : { lane: lane.id, wpos: lane.wpos() };
  }

  /** Opens the lane now; throws when the database cannot be reached. */
  async open(): Promise<void> {
    this.#pump ??= this.#run();
    await this.#pump;
    if (this.mark === null) throw new Error(this.#silence);
  }

  /** Finishes what waits, then gives the lane back. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#pump;
    await this.#lane?.close(this.given.closedBy);
  }

  async #run(): Promise<void> {
    // What is appended in the same turn shares the first statement.
    await Promise.resolve();
    let rested = true;
    let answer = nobodyWaits;
    do {
      const lane = await this.#openLane();
      if (lane === null) failAll(this.#queue.takeAll(), { kind: 'unavailable', reason: this.#silence });
      else if (!this.#queue.isEmpty) {
        const flushing = this.#flush(lane, rested ? this.#queue.takeFirst() : this.#queue.takeBatch());
        rested = false;
        // The database works while those before hear of their rows.
        answer();
        answer = await flushing;
        if (!lane.isLost() && !this.#queue.isEmpty) continue;
        answer();
        answer = nobodyWaits;
      }
    } while (!this.#queue.isEmpty);
    this.#pump = null;
  }

  /** Writes a batch; gives what tells its callers. */
  async #flush(lane: Lane, batch: readonly PendingAppend[]): Promise<() => void> {
    const appends = batch.map(({ encoded }) => encoded);
    const { outcomes, failed, broken } = await flushBatch(lane, appends);
    // Taken out before anybody hears of a failure, so that what comes after it is a new beginning.
    const behind = this.#queue.takeSessions(failed);
    if (broken) this.#leave(lane);
    else this.#backOffMs = 0;
    return () => {
      for (const { encoded, settle } of batch) settle(outcomes.get(encoded) ?? NEVER_SETTLED);
      failAll(behind, { kind: 'fenced' });
    };
  }

  /** The first time a fresh lane is tried at once; one that breaks too has to wait. */
  #leave(lane: Lane): void {
    lane.abandon();
    if (this.#backOffMs > 0) this.#fallSilent('the database takes connections but no rows');
    else this.#backOffMs = FIRST_BACK_OFF_MS;
  }

  async #openLane(): Promise<Lane | null> {
    const left = this.#lane;
    if (left !== null && !left.isLost()) return left;
    try {
      this.#lane = await this.given.openLane();
    } catch (error) {
      this.#fallSilent(error instanceof Error ? error.message : 'the database cannot be reached');
      return null;
    }
    if (left !== null) this.given.onLaneLeft(left.id);
    return this.#lane;
  }

  #fallSilent(reason: string): void {
    this.#silence = reason;
    const backOffMs = Math.min(Math.max(2 * this.#backOffMs, FIRST_BACK_OFF_MS), LAST_BACK_OFF_MS);
    this.#silentUntil = this.given.now() + backOffMs;
    this.#backOffMs = backOffMs;
  }
}
