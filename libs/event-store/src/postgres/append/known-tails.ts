import { type EncodedAppend } from './encoded-append.ts';

interface Tail {
  readonly seq: number;
  readonly hash: Buffer;
}

/** How many sessions are remembered; those not written for the longest time are forgotten first. */
const REMEMBERED = 20_000;

const follows = ({ rows }: EncodedAppend, tail: Tail | undefined): boolean => {
  const first = rows[0]?.record;
  return tail !== undefined && tail.seq + 1 === first?.seq && first.follows?.equals(tail.hash) === true;
};

const tailOf = ({ rows }: EncodedAppend): Tail | undefined => {
  const last = rows.at(-1)?.record;
  return last && { seq: last.seq, hash: last.hash };
};

/**
 * The last row of each session that a connection stored itself. Rows are never changed nor taken away, so whoever
 * follows such a row need not have the database look for it: the key alone tells whether another wrote since.
 */
export class KnownTails {
  readonly #tails = new Map<string, Tail>();

  constructor(private readonly remembered = REMEMBERED) {}

  /** For each append of a batch, in the order of its rows: the hash that must be found before it, or null. */
  toFind(appends: readonly EncodedAppend[]): readonly (Buffer | null)[] {
    return appends.map((append, index) => {
      const before = appends[index - 1];
      const tail =
        before?.sessionId === append.sessionId ? tailOf(before) : this.#tails.get(append.sessionId);
      const first = append.rows[0]?.record;
      return first === undefined || first.seq === 1 || follows(append, tail) ? null : (first.follows ?? null);
    });
  }

  /** A batch was stored. */
  note(appends: readonly EncodedAppend[]): void {
    for (const append of appends) {
      const { sessionId } = append;
      const tail = tailOf(append);
      this.#tails.delete(sessionId);
      if (tail !== undefined && append.append.closes !== true) this.#tails.set(sessionId, tail);
    }
    for (const sessionId of this.#tails.keys()) {
      if (this.#tails.size <= this.remembered) break;
      this.#tails.delete(sessionId);
    }
  }
}
