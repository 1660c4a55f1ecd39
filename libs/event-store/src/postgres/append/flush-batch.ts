import { err, ok } from '@cordboard/kernel';
import { type AppendError } from '../../event-store.ts';
import { type PendingAppend } from './append-queue.ts';
import { errorOf } from './diagnose-statement.ts';
import { type Lane } from './lane.ts';
import { type SqlFailure } from './sql-failure.ts';

/** What a flush leaves behind. */
export interface Flushed {
  /** Sessions that lost an append: whatever else waits for them must fail too. */
  readonly failed: ReadonlySet<string>;
  /** The lane can no longer be used. */
  readonly broken: boolean;
}

/** How often the same statement is sent again for a reason that passes. */
const ATTEMPTS = 3;

/** Brings one batch to its end: every append in it is settled, whatever happens. */
class Flush implements Flushed {
  readonly failed = new Set<string>();
  broken = false;

  constructor(private readonly lane: Lane) {}

  async write(batch: readonly PendingAppend[], attempt = 1): Promise<void> {
    const standing = batch.filter((pending) => this.#stands(pending));
    if (standing.length === 0) return;
    const written = await this.lane.write(standing.map(({ encoded }) => encoded));
    if (!written.ok) return this.#afterFailure(standing, written.error, attempt);
    standing.forEach(({ settle }, index) =>
      settle(ok({ lane: this.lane.id, wpos: written.value[index] ?? 0 })),
    );
  }

  /** False, and settled, for what follows an append that failed or finds the lane broken. */
  #stands(pending: PendingAppend): boolean {
    if (this.failed.has(pending.encoded.sessionId)) this.#fail(pending, { kind: 'fenced' });
    else if (this.broken) this.#fail(pending, { kind: 'unavailable', reason: 'the lane was lost' });
    else return true;
    return false;
  }

  #fail(pending: PendingAppend, error: AppendError): void {
    this.failed.add(pending.encoded.sessionId);
    pending.settle(err(error));
  }

  async #afterFailure(
    batch: readonly PendingAppend[],
    { kind, reason }: SqlFailure,
    attempt: number,
  ): Promise<void> {
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

  #break(batch: readonly PendingAppend[], error: AppendError): void {
    this.broken = true;
    for (const pending of batch) this.#fail(pending, error);
  }

  async #diagnose(batch: readonly PendingAppend[], reason: string, attempt: number): Promise<void> {
    const seen = new Set<string>();
    const first = batch.filter(({ encoded }) => !seen.has(encoded.sessionId) && seen.add(encoded.sessionId));
    const findings = await this.lane.diagnose(first.map(({ encoded }) => encoded));
    if (!findings.ok) return this.#break(batch, { kind: 'unavailable', reason: findings.error.reason });
    const settled = new Set<PendingAppend>();
    for (const finding of findings.value) {
      const pending = first[finding.index];
      const error = errorOf(finding);
      if (pending === undefined || error === null) continue;
      this.#fail(pending, error);
      settled.add(pending);
    }
    const rest = batch.filter((pending) => !settled.has(pending));
    if (settled.size > 0) return this.write(rest);
    // Nothing stands in the way any more, or two of the batch stand in each other's.
    if (batch.length === 1 && attempt < ATTEMPTS) return this.write(rest, attempt + 1);
    return this.#bisect(batch, reason);
  }

  async #bisect(batch: readonly PendingAppend[], reason: string): Promise<void> {
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
export const flushBatch = async (lane: Lane, batch: readonly PendingAppend[]): Promise<Flushed> => {
  const flush = new Flush(lane);
  await flush.write(batch);
  return flush;
};
