import { publishBeacon } from '@cordboard/bus';
import { type EnginePorts } from '../ports.ts';

/** Tells several times a second how far this worker's lane of the log is stored (design K12). */
export interface LaneBeacon {
  readonly start: () => Promise<void>;
  /** Says goodbye, so that the others need not wait to miss it. */
  readonly stop: () => void;
}

const BEACON_MS = 250;
/** A lane that could not be opened, or was left, is opened again so often. */
const OPEN_EVERY = 4;

/**
 * A follower that lost the last publication of a lane finds out by the next beacon. A worker that is silent here
 * cannot write to the log, or is gone: `works` tells whether writing works.
 */
export const createLaneBeacon = (
  { store, bus, clock, log }: Pick<EnginePorts, 'store' | 'bus' | 'clock' | 'log'>,
  workerId: string,
  works: () => boolean,
): LaneBeacon => {
  let cancel: (() => void) | null = null;
  let beats = 0;

  const say = (leaving: boolean): void => {
    const mark = store.lane();
    if (mark !== null) publishBeacon(bus, { ...mark, worker: workerId, leaving });
  };

  const open = async (): Promise<void> => {
    try {
      await store.openLane();
    } catch (error) {
      log.warn('no lane of the log could be opened', { error: String(error) });
    }
  };

  const beat = (): void => {
    beats += 1;
    if (works()) say(false);
    if (store.lane() === null && beats % OPEN_EVERY === 0) void open();
    cancel = clock.after(BEACON_MS, beat);
  };

  return {
    start: async () => {
      await open();
      beat();
    },
    stop: () => {
      cancel?.();
      cancel = null;
      say(true);
    },
  };
};
