import { err, ok } from '@cordboard/kernel';
import { type AppendError, type AppendOutcome } from '../../event-store.ts';
import { errorOf } from './diagnose-statement.ts';
import { type EncodedAppend } from './encoded-append.ts';
import { type Lane } from './lane.ts';
import { type SqlFailure } from './sql-failure.ts';

/** What became of a batch: an outcome for every append in it. */
export interface Flushed {
  readonly outcomes: ReadonlyMap<EncodedAppend, AppendOutcome>;
  /** Sessions that lost an append: whatever else waits for them must fail too. */
  readonly failed: ReadonlySet<string>;
  /** The lane can no longer be used. */
  readonly broken: boolean;
}

type Batch = readonly EncodedAppend[];

/** How often the same statement is sent again for a reason that passes. */
const ATTEMPTS = 3;

class Flush implements Flushed {
  readonly outcomes = new Map<EncodedAppend, AppendOutcome>();
  readonly failed = new Set<string>();
  broken = false;

  constructor(private readonly lane: Lane) {}

  async write(batch: Batch, attempt = 1): Promise<void> {
    const standing = batch.filter((append) => this.#stands(append));
    if (standing.length === 0) return;
    const written = await this.lane.write(standing);
    if (!written.ok) return this.#afterFailure(standing, written.error, attempt);
    standing.forEach((append, index) => {
      this.outcomes.set(append, ok({ lane: this.lane.id, wpos: written.value[index] ?? 0 }));
    });
  }

  /** False, and failed, for what follows an append that failed or finds the lane broken. */
  #stands(append: EncodedAppend): boolean {
    if (this.failed.has(append.sessionId)) this.#fail(append, { kind: 'fenced' });
    else if (this.broken) this.#fail(append, { kind: 'unavailable', reason: 'the lane was lost' });
    else return true;
    return false;
  }

  #fail(append: EncodedAppend, error: AppendError): void {
    this.failed.add(append.sessionId);
    this.outcomes.set(append, err(error));
  }

  async #afterFailure(batch: Batch, { kind, reason }: SqlFailure, attempt: number): Promise<void> {
    switch (kind) {
      case 'lost':
        return this.#break(batch, { kind: 'unknown', reason });
      case 'database':
        return this.#break(batch, { kind: 'unavailable', reason });
      case 'passing':
        if (attempt < ATTEMPTS) return this.write(batch, attempt + 1);
        return this.#break(batch, { kind: 'unavailable', reason });
      case 'key':
        return this.#diagnose(batch, reason, attempt);
      case 'row':
        return this.#bisect(batch, reason);
    }
  }

  #break(batch: Batch, error: AppendError): void {
    this.broken = true;
    for (const append of batch) this.#fail(append, error);
  }

  async #diagnose(batch: Batch, reason: string, attempt: number): Promise<void> {
    const firsts = new Map<string, EncodedAppend>();
    for (const append of batch) if (!firsts.has(append.sessionId)) firsts.set(append.sessionId, append);
    const asked = [...firsts.values()];
    const findings = await this.lane.diagnose(asked);
    if (!findings.ok) return this.#break(batch, { kind: 'unavailable', reason: findings.error.reason });
    for (const finding of findings.value) {
      const append = asked[finding.index];
      const error = errorOf(finding);
      if (append !== undefined && error !== null) this.#fail(append, error);
    }
    const rest = batch.filter((append) => !this.outcomes.has(append));
    if (rest.length < batch.length) return this.write(rest);
    // Nothing stands in the way any more, or two of the batch stand in each other's.
    if (batch.length === 1 && attempt < ATTEMPTS) return this.write(batch, attempt + 1);
    return this.#bisect(batch, reason);
  }

  async #bisect(batch: Batch, reason: string): Promise<void> {
    const [only] = batch;
    if (batch.length === 1 && only !== undefined) return this.#fail(only, { kind: 'refused', reason });
    const half = Math.ceil(batch.length / 2);
    await this.write(batch.slice(0, half));
    await this.write(batch.slice(half));
  }
}

/**
 * Writes a batch on a lane (design K5). Sessions that another owner wrote are found by one query, a row that
 * the database refuses by halving; all others of the batch are stored.
 */
export const flushBatch = async (lane: Lane, batch: Batch): Promise<Flushed> => {
  const flush = new Flush(lane);
  await flush.write(batch);
  return flush;
};
