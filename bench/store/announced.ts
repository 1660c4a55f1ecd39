import { type Announced } from '../harness/context.ts';
import { type Disk } from '../harness/row.ts';

/** What the disks are to give: target and stretch. */
type Goals = Readonly<Record<Disk, readonly [target: number, stretch: number]>>;

const INSERT_GOALS: Goals = { 'as is': [2.5, 3], '+1 ms': [10, 12], '+4 ms': [25, 30] };
const EMMETT_GOALS: Goals = { 'as is': [10, 15], '+1 ms': [15, 20], '+4 ms': [35, 45] };

const goalsOn = (goals: Goals, disk: Disk): Pick<Announced, 'disk' | 'target' | 'stretch'> => ({
  disk,
  target: goals[disk][0],
  stretch: goals[disk][1],
});

const faster = (id: string, title: string): Announced => ({ id, title, unit: 'x', better: 'higher' });
const slower = (id: string, title: string): Announced => ({ id, title, unit: 'x', better: 'lower' });

/** The rows of this group, named once for those who fill them in; throughput in events a second. */
export const ANNOUNCED = {
  copy: (disk: Disk): Announced => ({
    ...faster('append/copy@256', 'engine append / COPY of the same rows, 256 sessions'),
    disk,
    target: 0.7,
    stretch: 0.85,
  }),
  unnest: (disk: Disk): Announced => ({
    ...faster('append/unnest@256', 'engine append / bare multi-row insert of the same rows, 256 sessions'),
    disk,
  }),
  oneRow: (disk: Disk): Announced => ({
    ...faster('append/insert16', 'engine append / one row per commit on 16 connections, 256 sessions'),
    ...goalsOn(INSERT_GOALS, disk),
  }),
  emmett: (disk: Disk): Announced => ({
    ...faster('append/emmett', 'engine append / Emmett appendToStream at its best, 256 streams'),
    ...goalsOn(EMMETT_GOALS, disk),
  }),
  messageDb: (disk: Disk): Announced => ({
    ...faster('append/message-db', 'engine append / Message DB write_message at its best, 256 streams'),
    disk,
  }),
  emmettSingle: faster('append/emmett-single', 'the same with Emmett, one event an append'),
  messageDbSingle: faster('append/message-db-single', 'the same with Message DB, one event an append'),
  p50: (disk: Disk): Announced => ({
    ...slower('append/p50@1', 'append p50, one session / single-row insert p50'),
    disk,
    target: 1.15,
    stretch: 1.05,
  }),
  wal: slower('wal/bytes', 'WAL bytes an event, engine / bare multi-row insert of the same rows'),
  lanes: {
    ...slower('lanes/cost', 'bare multi-row insert into a log without lanes / with their columns and index'),
    target: 1.1,
  } satisfies Announced,
  follower: slower('follower/lag', 'append answered to rows at a follower, p50 / NATS one-way p50'),
  grown: slower('append/p50@10M', 'append p50, one session, log of 10M rows / of 1M rows'),
} as const;
