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
  /** Left here and not closed yet: the server may hold on to their connections for hours. */
  const leftHere = new Set<number>();
  const close = async (lane: number, closedBy: string): Promise<void> => {
    try {
      const mark = await closeDeadLane(dataSource, lane, closedBy);
      leftHere.delete(lane);
      if (mark !== null) closedHere.push(mark);
    } catch (error) {
      onTrouble(error);
    }
  };
  return {
    left: (lane) => {
      leftHere.add(lane);
      void close(lane, workerId);
    },
    closeDeadLanes: async (closedBy, staleMs) => {
      const dead = new Set([...leftHere, ...(await deadLanes(dataSource, staleMs))]);
      for (const lane of dead) if (lane !== own()) await close(lane, closedBy);
      const marks = closedHere;
      closedHere = [];
      return marks;
    },
  };
};
