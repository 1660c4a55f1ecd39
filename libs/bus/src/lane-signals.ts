import { onBeacon } from './beacon.ts';
import { type Bus, type BusMessage } from './bus.ts';
import { HEADERS } from './headers.ts';
import { subjects } from './subjects.ts';

/** A place in a lane of the log: everything up to it is stored. */
interface Mark {
  readonly lane: number;
  readonly wpos: number;
}

/** Says that there is more in the log; what, is read there and never taken from the wire. */
interface LaneSignals {
  /** Ends with the function that it gives. */
  readonly subscribe: (handler: (mark: Mark) => void) => () => void;
}

const numberIn = (text: string | undefined): number =>
  text !== undefined && /^[0-9]{1,15}$/.test(text) ? Number(text) : NaN;

const markOf = ({ headers }: BusMessage): Mark | null => {
  const lane = numberIn(headers[HEADERS.lane]);
  const wpos = numberIn(headers[HEADERS.wpos]);
  return Number.isNaN(lane + wpos) ? null : { lane, wpos };
};

/** The beacons of all lanes alone: a quarter of a second behind, for followers that need not hear every event for it. */
export const laneBeacons = (bus: Pick<Bus, 'subscribe'>): LaneSignals => ({
  subscribe: (handler) => {
    const beacons = onBeacon(bus, ({ lane, wpos }) => handler({ lane, wpos }));
    return () => beacons.unsubscribe();
  },
});

/** What followers of the whole log wake up by: live events of all tenants, and the beacons of all lanes. */
export const laneSignals = (bus: Pick<Bus, 'subscribe'>): LaneSignals => ({
  subscribe: (handler) => {
    const events = bus.subscribe(subjects.events(), (message) => {
      const mark = markOf(message);
      if (mark !== null) handler(mark);
    });
    const endBeacons = laneBeacons(bus).subscribe(handler);
    return () => {
      events.unsubscribe();
      endBeacons();
    };
  },
});
