import { type Beacon, onBeacon, type Subscription } from '@cordboard/bus';
import { type LaneMark } from '@cordboard/event-store';
import { type EnginePorts } from './ports.ts';
import { republish } from './republish.ts';
import { spreadOf } from './spread.ts';

/** Closes the lanes of workers that died, and says again what they may not have said (design K3, K12). */
export interface LaneCloser {
  readonly start: () => void;
  readonly stop: () => Promise<void>;
}

type Ports = Pick<EnginePorts, 'store' | 'vault' | 'bus' | 'clock' | 'log' | 'metrics'>;

interface Heard {
  readonly at: number;
  /** The last place heard of, and the one before it. */
  readonly wpos: number;
  readonly before: number | null;
  /** Its silence has been looked into. */
  readonly missed: boolean;
}

const TICK_MS = 500;
const SWEEP_MS = 5_000;
/** Beacons come four times a second. */
const SILENT_MS = 2_000;
/** A worker that has not beaten for so long is dead. */
const STALE_MS = 2_200;
/** A log that takes so long to answer was out of order for all, and their beats are late for that. */
const SLOW_LOG_MS = 1_000;
/** Of a lane that was not heard of, older rows have long been heard or missed. */
const UNHEARD_MS = 30_000;
const UNHEARD_ROWS = 2_000;
const MAX_HEARD = 1_000;

export const createLaneCloser = (ports: Ports, workerId: string): LaneCloser => {
  const { store, bus, clock, log, metrics } = ports;
  const heard = new Map<number, Heard>();
  /** Closed by this worker, and not said again yet. */
  const ended = new Map<number, number>();
  let beacons: Subscription | null = null;
  let cancel: (() => void) | null = null;
  let sweeping: Promise<void> | null = null;
  let dueAt = 0;

  const onHeard = ({ lane, wpos }: Beacon): void => {
    const known = heard.get(lane);
    heard.delete(lane);
    heard.set(lane, { at: clock.now(), wpos, before: known?.wpos ?? null, missed: false });
    const [oldest] = heard.keys();
    if (heard.size > MAX_HEARD && oldest !== undefined) heard.delete(oldest);
  };

  /** Rows may be known to be stored a moment before they are published: the beacon before the last is sure. */
  const sayAgain = async ({ lane, wpos }: LaneMark): Promise<void> => {
    const before = heard.get(lane)?.before ?? null;
    const stretch =
      before === null
        ? { after: Math.max(0, wpos - UNHEARD_ROWS), since: clock.now() - UNHEARD_MS }
        : { after: before, since: 0 };
    await republish(ports, { lane, wpos, ...stretch });
    heard.delete(lane);
    ended.delete(lane);
  };

  const isLogQuick = async (): Promise<boolean> => {
    const asked = clock.now();
    await store.now();
    return clock.now() - asked < SLOW_LOG_MS;
  };

  const sweep = async (): Promise<void> => {
    if (!(await isLogQuick())) return;
    for (const { lane, wpos } of await store.closeDeadLanes(workerId, STALE_MS)) {
      metrics.count('lanes_closed');
      log.info('lane closed', { lane, wpos });
      ended.set(lane, wpos);
    }
    for (const [lane, wpos] of [...ended]) await sayAgain({ lane, wpos });
  };

  const isMissed = (): boolean => {
    const silentSince = clock.now() - SILENT_MS;
    let found = false;
    for (const [lane, known] of heard) {
      if (known.missed || known.at > silentSince) continue;
      heard.set(lane, { ...known, missed: true });
      found = true;
    }
    return found;
  };

  const tick = (): void => {
    if (isMissed() || clock.now() >= dueAt) {
      dueAt = clock.now() + SWEEP_MS;
      sweeping ??= sweep()
        .catch((error: unknown) => log.warn('closing lanes failed', { error: String(error) }))
        .finally(() => (sweeping = null));
    }
    cancel = clock.after(TICK_MS, tick);
  };

  return {
    start: () => {
      beacons = onBeacon(bus, onHeard);
      dueAt = clock.now() + spreadOf(workerId, SWEEP_MS);
      tick();
    },
    stop: async () => {
      beacons?.unsubscribe();
      cancel?.();
      cancel = null;
      await sweeping;
    },
  };
};
