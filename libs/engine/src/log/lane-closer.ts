import { type Beacon, onBeacon, type Subscription } from '@cordboard/bus';
import { type LaneMark } from '@cordboard/event-store';
import { type EnginePorts } from '../ports.ts';
import { republish } from './republish.ts';
import { spreadOf } from '../ownership/spread.ts';

type Ports = Pick<EnginePorts, 'store' | 'vault' | 'bus' | 'clock' | 'log' | 'metrics'>;

interface Heard {
  readonly at: number;
  /** The last place heard of, since when, and one that was heard of clearly before it. */
  readonly wpos: number;
  readonly since: number;
  readonly before: number | null;
  /** Its silence has been looked into. */
  readonly missed: boolean;
}

const TICK_MS = 500;
const SWEEP_MS = 5_000;
/** A worker that has not beaten for so long is dead. */
const STALE_MS = 2_200;
/** Beacons come four times a second; a worker that died with its last one is stale by now. */
const SILENT_MS = 2_500;
/** A log that takes so long to answer was out of order for all, and their beats are late for that. */
const SLOW_LOG_MS = 1_000;
/** Of a lane that was not heard of, older rows have long been heard or missed. */
const UNHEARD_MS = 30_000;
const UNHEARD_ROWS = 2_000;
const MAX_HEARD = 1_000;
/** What was stored when a beacon was sent has been published by now. */
const SURE_MS = 200;

/** A beacon that comes twice, or late, must not pass for two. */
const placesOf = (known: Heard | undefined, wpos: number, at: number): Omit<Heard, 'at' | 'missed'> => {
  if (known === undefined) return { wpos, since: at, before: null };
  const before = at - known.since >= SURE_MS ? known.wpos : known.before;
  return wpos > known.wpos ? { wpos, since: at, before } : { wpos: known.wpos, since: known.since, before };
};

/** Closes the lanes of workers that died, and says again what they may not have said (design K3, K12). */
export class LaneCloser {
  readonly #heard = new Map<number, Heard>();
  /** Closed by this worker, and not said again yet. */
  readonly #ended = new Map<number, number>();
  #beacons: Subscription | null = null;
  #cancel: () => void = () => undefined;
  #sweeping: Promise<void> | null = null;
  #dueAt = 0;

  constructor(
    private readonly ports: Ports,
    private readonly workerId: string,
  ) {}

  start(): void {
    const { bus, clock } = this.ports;
    this.#beacons = onBeacon(bus, (beacon) => this.#onHeard(beacon));
    this.#dueAt = clock.now() + spreadOf(this.workerId, SWEEP_MS);
    this.#tick();
  }

  async stop(): Promise<void> {
    this.#beacons?.unsubscribe();
    this.#cancel();
    await this.#sweeping;
  }

  readonly #tick = (): void => {
    const { clock, log } = this.ports;
    if (this.#isMissed()) this.#dueAt = 0;
    if (this.#sweeping === null && clock.now() >= this.#dueAt) {
      this.#dueAt = clock.now() + SWEEP_MS;
      this.#sweeping = this.#sweep()
        .catch((error: unknown) => log.warn('closing lanes failed', { error: String(error) }))
        .finally(() => (this.#sweeping = null));
    }
    this.#cancel = clock.after(TICK_MS, this.#tick);
  };

  #onHeard({ lane, wpos }: Beacon): void {
    const at = this.ports.clock.now();
    const known = this.#heard.get(lane);
    this.#heard.delete(lane);
    this.#heard.set(lane, { at, ...placesOf(known, wpos, at), missed: false });
    const [oldest] = this.#heard.keys();
    if (this.#heard.size > MAX_HEARD && oldest !== undefined) this.#heard.delete(oldest);
  }

  /** Whether a lane has fallen silent since the last look. */
  #isMissed(): boolean {
    const silentSince = this.ports.clock.now() - SILENT_MS;
    let found = false;
    for (const [lane, heard] of this.#heard) {
      if (heard.missed || heard.at > silentSince) continue;
      this.#heard.set(lane, { ...heard, missed: true });
      found = true;
    }
    return found;
  }

  async #sweep(): Promise<void> {
    const { store, log, metrics } = this.ports;
    if (!(await this.#isLogQuick())) return;
    for (const { lane, wpos } of await store.closeDeadLanes(this.workerId, STALE_MS)) {
      metrics.count('lanes_closed');
      log.info('lane closed', { lane, wpos });
      this.#ended.set(lane, wpos);
    }
    for (const [lane, wpos] of [...this.#ended]) await this.#sayAgain({ lane, wpos });
  }

  async #isLogQuick(): Promise<boolean> {
    const { store, clock } = this.ports;
    const asked = clock.now();
    await store.now();
    return clock.now() - asked < SLOW_LOG_MS;
  }

  /** Rows may be known to be stored a moment before they are published: the beacon before the last is sure. */
  async #sayAgain({ lane, wpos }: LaneMark): Promise<void> {
    const before = this.#heard.get(lane)?.before ?? null;
    const stretch =
      before === null
        ? { after: Math.max(0, wpos - UNHEARD_ROWS), since: this.ports.clock.now() - UNHEARD_MS }
        : { after: before, since: 0 };
    await republish(this.ports, { lane, wpos, ...stretch });
    this.#heard.delete(lane);
    this.#ended.delete(lane);
  }
}
