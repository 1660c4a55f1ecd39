import { type Feed } from '@cordboard/bus';
import { type JobLock } from '@cordboard/event-store';
import { FeedRun } from './feed-run.ts';
import { createFeedWriter } from './feed-writer.ts';
import { type EnginePorts } from '../ports.ts';
import { spreadOf } from '../ownership/spread.ts';

/** Fills the durable feed from the log, in one worker at a time (design K1). */
export interface Feeder {
  readonly start: () => void;
  /** Lets another worker go on. */
  readonly stop: () => Promise<void>;
}

type Ports = Pick<EnginePorts, 'store' | 'bus' | 'clock' | 'log' | 'metrics'> & {
  readonly feed: Feed;
  /** What is more urgent than the feed is under way. */
  readonly isTakingOver: () => boolean;
};

/** Asks so often whether the lock has become free. */
const RETRY_MS = 1_000;
/** Without JetStream: somebody has to switch it on. */
const ABSENT_MS = 30_000;
/** A row of a newer release: workers of that release go on meanwhile. */
const UNREADABLE_MS = 30_000;

export const createFeeder = (ports: Ports, workerId: string): Feeder => {
  const { store, feed, clock, log } = ports;
  const write = createFeedWriter(feed, ports);
  let cancel = (): void => undefined;
  let run: FeedRun | null = null;
  let working: Promise<void> = Promise.resolve();
  let stopped = false;
  let complained = false;

  const complain = (reason: string): void => {
    if (!complained) log.warn('the durable feed waits; the engine goes on', { reason });
    complained = true;
  };

  /** Fills the feed until something ends that; gives after how long to try again. */
  const fill = async (lock: JobLock): Promise<number> => {
    const ready = await feed.ensure();
    if (!ready.ok) {
      complain(ready.error.reason);
      return ABSENT_MS;
    }
    if (complained) log.info('the durable feed goes on');
    complained = false;
    const begun = await FeedRun.begin(ports, write);
    run = begun;
    void lock.lost.then((reason) => begun.displace(reason));
    if (stopped) begun.end('stopped');
    const { why, unreadable } = await begun.ended;
    await begun.close();
    run = null;
    if (!stopped) complain(why);
    return unreadable ? UNREADABLE_MS : RETRY_MS;
  };

  const attempt = async (): Promise<number> => {
    const lock = await store.lock('feed');
    if (lock === null) return RETRY_MS;
    try {
      return await fill(lock);
    } finally {
      await lock.release();
    }
  };

  const work = async (): Promise<void> => {
    const delayMs = await attempt().catch((error: unknown) => {
      complain(String(error));
      return RETRY_MS;
    });
    if (!stopped) cancel = clock.after(delayMs, begin);
  };
  const begin = (): void => void (working = work());

  return {
    start: () => {
      cancel = clock.after(spreadOf(workerId, RETRY_MS), begin);
    },
    stop: async () => {
      stopped = true;
      cancel();
      run?.end('stopped');
      await working;
    },
  };
};
