import { type LaneStore } from '../event-store.ts';
import {
  type Checkpoint,
  type Job,
  type JobLock,
  LANE_PAGE_BYTES,
  type LaneInfo,
  type LaneMark,
} from '../lanes.ts';
import { type MemoryLane, type MemoryLog } from './memory-log.ts';
import { within } from './memory-reads.ts';

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

const isBehind = (checkpoint: Checkpoint, kept: Checkpoint | undefined): boolean =>
  kept !== undefined &&
  (checkpoint.done < kept.done ||
    Object.entries(kept.lanes).some(
      ([lane, wpos]) => Number(lane) > checkpoint.done && (checkpoint.lanes[Number(lane)] ?? 0) < wpos,
    ));

/** What a store in memory does about lanes; `held` collects the locks that it takes. */
export const memoryLanes = (given: Given, own: OwnLane, held: Set<JobLock>): LaneStore => {
  const { log, now } = given;
  return {
    openLane: async () => void own.use(),
    lane: own.mark,
    lanes: async (after) => log.lanes.slice(after, after + LANES_AT_ONCE).map(infoOf),
    readLane: async (lane, after, limit) =>
      within(
        (log.lanes[lane - 1]?.rows ?? []).filter(({ wpos }) => wpos > after).slice(0, limit),
        LANE_PAGE_BYTES,
      ),
    closeDeadLanes: async (_closedBy, staleMs) => closeDead(given, now() - staleMs, own.mark()?.lane),
    checkpoint: async (name) => log.checkpoints.get(name) ?? null,
    saveCheckpoint: async (name, checkpoint) => {
      if (!isBehind(checkpoint, log.checkpoints.get(name))) log.checkpoints.set(name, checkpoint);
    },
    lock: async (job) => {
      const lock = takeJob(log, job);
      if (lock !== null) held.add(lock);
      return lock;
    },
  };
};
