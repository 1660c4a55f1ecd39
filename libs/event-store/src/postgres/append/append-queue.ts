import { type AppendOutcome } from '../../event-store.ts';
import { type EncodedAppend } from './encoded-append.ts';

/** An append under way; `settle` answers its caller, once. */
export interface PendingAppend {
  readonly encoded: EncodedAppend;
  readonly settle: (outcome: AppendOutcome) => void;
}

export interface QueueLimits {
  readonly maxRows: number;
  readonly maxBytes: number;
}

/** At most so much goes in one statement; a single larger append goes alone. */
export const BATCH_ROWS = 512;
export const BATCH_BYTES = 512 * 1024;

/** Appends that wait for the lane, in the order in which they came, bounded in rows and bytes. */
export class AppendQueue {
  #waiting: PendingAppend[] = [];
  #rows = 0;
  #bytes = 0;

  constructor(private readonly limits: QueueLimits) {}

  get isEmpty(): boolean {
    return this.#waiting.length === 0;
  }

  /** 0 empty .. 1 full, in rows or bytes, whichever is worse. */
  get fullness(): number {
    return Math.min(1, Math.max(this.#rows / this.limits.maxRows, this.#bytes / this.limits.maxBytes));
  }

  /** False when it is full. */
  offer(pending: PendingAppend): boolean {
    const { rows, bytes } = pending.encoded;
    if (this.#rows + rows.length > this.limits.maxRows || this.#bytes + bytes > this.limits.maxBytes)
      return false;
    this.#waiting.push(pending);
    this.#count(pending, 1);
    return true;
  }

  /**
   * What goes first after a rest. When much came at once it is one half: the other is made ready, and the first is
   * answered, while the database writes.
   */
  takeFirst(): readonly PendingAppend[] {
    const half = Math.ceil(this.#rows / 2);
    return this.takeBatch(half > BATCH_ROWS / 4 && half < BATCH_ROWS ? half : BATCH_ROWS);
  }

  /** The next batch. A place given back and a place taken never share a statement: neither would see the other. */
  takeBatch(maxRows = BATCH_ROWS): readonly PendingAppend[] {
    let rows = 0;
    let bytes = 0;
    let closes = false;
    let size = 0;
    for (const { encoded } of this.#waiting) {
      rows += encoded.rows.length;
      bytes += encoded.bytes;
      const clash = closes && encoded.append.opens !== undefined;
      if (size > 0 && (rows > maxRows || bytes > BATCH_BYTES || clash)) break;
      closes ||= encoded.append.closes === true;
      size += 1;
    }
    return this.#take(this.#waiting.splice(0, size));
  }

  /** Takes out what waits for these sessions. */
  takeSessions(sessions: ReadonlySet<string>): readonly PendingAppend[] {
    if (sessions.size === 0) return [];
    const taken = this.#waiting.filter(({ encoded }) => sessions.has(encoded.sessionId));
    if (taken.length > 0)
      this.#waiting = this.#waiting.filter(({ encoded }) => !sessions.has(encoded.sessionId));
    return this.#take(taken);
  }

  takeAll(): readonly PendingAppend[] {
    return this.#take(this.#waiting.splice(0));
  }

  #take(taken: readonly PendingAppend[]): readonly PendingAppend[] {
    for (const pending of taken) this.#count(pending, -1);
    return taken;
  }

  #count({ encoded }: PendingAppend, sign: 1 | -1): void {
    this.#rows += sign * encoded.rows.length;
    this.#bytes += sign * encoded.bytes;
  }
}
