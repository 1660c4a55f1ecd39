import { type Append, type EventRecord } from '@cordboard/event-store';
import { closedLoop } from '../../harness/rounds.ts';
import { type BenchSession } from '../sessions.ts';

/** What a contestant says that it has stored. */
export interface Written {
  readonly events: number;
  readonly eventsPerSecond: number;
  /** Of each append, or of each batch where rows come in batches. */
  readonly latenciesUs: readonly number[];
}

/** Somebody who stores what sessions append. */
export interface Contestant {
  /** Writes for so long what these sessions have next, each session's in order; all of it is durable at the end. */
  readonly write: (sessions: readonly BenchSession[], ms: number) => Promise<Written>;
  /** Rows of these sessions that stand in the contestant's tables. */
  readonly stored: (sessionIds: readonly string[]) => Promise<number>;
  readonly close: () => Promise<void>;
}

type Write = Contestant['write'];

/**
 * Append by append, so many at once. Sessions are dealt out to the workers, who go round theirs: all are written to,
 * and none by two at a time.
 */
export const appendByAppend =
  (workers: number, store: (append: Append, worker: number) => Promise<unknown>): Write =>
  async (sessions, ms) => {
    const busy = Math.min(workers, sessions.length);
    const turns = Array.from({ length: busy }, () => 0);
    let events = 0;
    const { perSecond, latenciesUs } = await closedLoop(busy, ms, async (worker) => {
      const turn = turns[worker] ?? 0;
      const place = turn * busy + worker;
      turns[worker] = place + busy < sessions.length ? turn + 1 : 0;
      const append = sessions[place]?.next();
      if (append === undefined) throw new Error('no such session');
      await store(append, worker);
      events += append.records.length;
    });
    return { events, eventsPerSecond: (perSecond * events) / latenciesUs.length, latenciesUs };
  };

/** A batch on its way. */
export interface Sending {
  /** It was given to the connection: the server works on it. */
  readonly handed: Promise<unknown>;
  /** It is durable. */
  readonly stored: Promise<unknown>;
}

/** Batch by batch on one connection; the next one is made ready while the server works. */
export const batchByBatch =
  <Batch>(
    rows: number,
    encode: (records: readonly EventRecord[]) => Batch,
    send: (batch: Batch) => Sending,
  ): Write =>
  async (sessions, ms) => {
    let turn = 0;
    let events = 0;
    const draw = (): readonly [Batch, number] => {
      const records: EventRecord[] = [];
      for (; records.length < rows; turn += 1) {
        records.push(...(sessions[turn % sessions.length]?.next().records ?? []));
      }
      return [encode(records), records.length];
    };
    let ready = draw();
    const { perSecond, latenciesUs } = await closedLoop(1, ms, async () => {
      const [batch, size] = ready;
      const { handed, stored } = send(batch);
      await handed;
      ready = draw();
      await stored;
      events += size;
    });
    return { events, eventsPerSecond: (perSecond * events) / latenciesUs.length, latenciesUs };
  };
