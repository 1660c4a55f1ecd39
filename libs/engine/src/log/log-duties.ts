import { createFeeder } from './feeder.ts';
import { createLaneBeacon } from './lane-beacon.ts';
import { LaneCloser } from './lane-closer.ts';
import { type EnginePorts } from '../ports.ts';

/** What a worker does for the log as a whole, whatever sessions it has: beacon, dead lanes, durable feed. */
export interface LogDuties {
  readonly start: () => Promise<void>;
  /** Leaves the common work to the others, while sessions are still handed over. */
  readonly stop: () => Promise<void>;
  /** The last word: the sessions are for the others from now on. */
  readonly leave: () => void;
}

interface Standing {
  /** This worker can write to the log now. */
  readonly works: () => boolean;
  /** Sessions wait for being taken over. */
  readonly isTakingOver: () => boolean;
}

export const createLogDuties = (
  ports: EnginePorts,
  workerId: string,
  { works, isTakingOver }: Standing,
): LogDuties => {
  const { feed } = ports;
  const beacon = createLaneBeacon(ports, workerId, works);
  const closer = new LaneCloser(ports, workerId);
  const feeder = feed === undefined ? null : createFeeder({ ...ports, feed, isTakingOver }, workerId);
  return {
    start: async () => {
      await beacon.start();
      closer.start();
      feeder?.start();
    },
    stop: async () => {
      await Promise.all([closer.stop(), feeder?.stop()]);
    },
    leave: () => beacon.stop(),
  };
};
