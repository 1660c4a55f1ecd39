import { type Bus, type Subscription } from './bus.ts';
import { subjects } from './subjects.ts';

/** What a worker says of its lane of the log several times a second (docs/contracts.md). */
export interface Beacon {
  readonly lane: number;
  /** The last place of the lane that is known to be stored; 0 while it is empty. */
  readonly wpos: number;
  /** Whose lane it is; it lives and its log works. */
  readonly worker: string;
  /** The last one: the worker hands over and ends. */
  readonly leaving: boolean;
}

const isPlace = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;

const parse = (lane: number, body: string): Beacon | null => {
  try {
    const { wpos, worker, leaving } = JSON.parse(body) as Record<string, unknown>;
    if (!isPlace(wpos) || typeof worker !== 'string') return null;
    return { lane, wpos, worker, leaving: leaving === true };
  } catch {
    return null;
  }
};

/** False when it could not be sent. */
export const publishBeacon = (bus: Pick<Bus, 'publish'>, { lane, leaving, ...place }: Beacon): boolean =>
  bus.publish(subjects.lane(lane), JSON.stringify({ lane, ...place, ...(leaving ? { leaving } : {}) }));

/** Hears the beacons of all workers, one's own included; what is no beacon is passed over. */
export const onBeacon = (bus: Pick<Bus, 'subscribe'>, handler: (beacon: Beacon) => void): Subscription =>
  bus.subscribe(subjects.lanes(), ({ address, body }) => {
    const beacon = address?.kind === 'lane' ? parse(address.lane, body) : null;
    if (beacon !== null) handler(beacon);
  });
