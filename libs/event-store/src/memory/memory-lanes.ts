import { type LaneStore } from '../event-store.ts';
import { type Job, type JobLock, type LaneInfo, type LaneMark } from '../lanes.ts';
import { type MemoryLane, type MemoryLog } from './memory-log.ts';

interface Given {
  readonly log: MemoryLog;
  readonly workerId: string;
  readonly now: () => number;
}

/** The lane of one store over a log in memory, opened when first needed. */
export interface OwnLane {
  readonly use: () => MemoryLane;
  readonly mark: () => LaneMark | null;
  readonly close: () => void;
}

const LANES_AT_ONCE = 1_000;

const markOf = ({ lane, rows }: MemoryLane): LaneMark => ({ lane, wpos: rows.at(-1)?.wpos ?? 0 });

export const ownLane = ({ log, workerId, now }: Given): OwnLane => {
  let own: MemoryLane | null = null;
  const open = (): MemoryLane => {
    const lane = { lane: log.lanes.length + 1, openedBy: workerId, openedAt: now(), rows: [], closed: false };
    log.lanes.push(lane);
    return lane;
  };
  return {
    use: () => (own = own === null || own.closed ? open() : own),
    mark: () => (own === null || own.closed ? null : markOf(own)),
    close: () => {
      if (own !== null) own.closed = true;
    },
  };
};

const infoOf = ({ lane, openedBy, closed, rows }: MemoryLane): LaneInfo => ({
  lane,
  openedBy,
  closed,
  lastWpos: rows.at(-1)?.wpos ?? 0,
});

const closeDead = ({ log }: Given, since: number, own?: number): readonly LaneMark[] => {
  const dead = log.lanes.filter(
    ({ lane, closed, openedAt, openedBy }) =>
      lane !== own && !closed && openedAt < since && (log.workers.get(openedBy) ?? -Infinity) < since,
  );
  for (const lane of dead) lane.closed = true;
  return dead.map(markOf);
};

const takeJob = ({ jobs }: MemoryLog, job: Job): JobLock | null => {
  if (jobs.has(job)) return null;
  let lose: (reason: string) => void = () => undefined;
  const lost = new Promise<string>((resolve) => {
    lose = (reason) => {
      if (jobs.get(job) === lose) jobs.delete(job);
      resolve(reason);
    };
  });
  jobs.set(job, lose);
  return { lost, release: async () => lose('it was released') };
};

/** What a store in memory does about lanes; `held` collects the locks that it takes. */
export const memoryLanes = (given: Given, own: OwnLane, held: Set<JobLock>): LaneStore => {
  const { log, now } = given;
  return {
    openLane: async () => void own.use(),
    lane: own.mark,
    lanes: async (after) => log.lanes.slice(after, after + LANES_AT_ONCE).map(infoOf),
    readLane: async (lane, after, limit) =>
      (log.lanes[lane - 1]?.rows ?? []).filter(({ wpos }) => wpos > after).slice(0, limit),
    closeDeadLanes: async (_closedBy, staleMs) => closeDead(given, now() - staleMs, own.mark()?.lane),
    checkpoint: async (name) => log.checkpoints.get(name) ?? null,
    saveCheckpoint: async (name, checkpoint) => void log.checkpoints.set(name, checkpoint),
    lock: async (job) => {
      const lock = takeJob(log, job);
      if (lock !== null) held.add(lock);
      return lock;
    },
  };
};
