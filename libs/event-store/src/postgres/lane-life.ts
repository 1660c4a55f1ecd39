import { type DataSource } from 'typeorm';
import { type LaneStore } from '../event-store.ts';
import { type LaneMark } from '../lanes.ts';
import { closeDeadLane, deadLanes } from './append/close-dead-lane.ts';

interface Given {
  readonly dataSource: DataSource;
  readonly workerId: string;
  /** The lane that this store writes on. */
  readonly own: () => number | undefined;
  readonly onTrouble: (error: unknown) => void;
}

/** Closes lanes that are left, one's own and those of others. */
export interface LaneLife extends Pick<LaneStore, 'closeDeadLanes'> {
  /** Hears of a lane that this store left with an unknown end. */
  readonly left: (lane: number) => void;
}

export const createLaneLife = ({ dataSource, workerId, own, onTrouble }: Given): LaneLife => {
  let closedHere: LaneMark[] = [];
  const close = async (lane: number, closedBy: string): Promise<void> => {
    const mark = await closeDeadLane(dataSource, lane, closedBy).catch(onTrouble);
    if (mark) closedHere.push(mark);
  };
  return {
    left: (lane) => void close(lane, workerId),
    closeDeadLanes: async (closedBy, staleMs) => {
      const dead = await deadLanes(dataSource, staleMs);
      for (const lane of dead) if (lane !== own()) await close(lane, closedBy);
      const marks = closedHere;
      closedHere = [];
      return marks;
    },
  };
};
