import { type Bus, laneBeacons } from '@cordboard/bus';
import {
  type Checkpoint,
  checkpointSince,
  createFollower,
  type Follower,
  type LaneMark,
  type StoredEvent,
} from '@cordboard/event-store';
import { createFeedLag, type FeedLag } from './feed-lag.ts';
import { type FeedWriter, MAX_AGE_MS } from './feed-writer.ts';
import { type EnginePorts } from '../ports.ts';
import { createStallWatch, type StallWatch } from './stall-watch.ts';

type Ports = Pick<EnginePorts, 'store' | 'clock' | 'log' | 'metrics'> & {
  readonly bus: Pick<Bus, 'subscribe'>;
  /** Sessions wait for this worker to take them over: somebody waits for each, and nobody for the feed. */
  readonly isTakingOver: () => boolean;
};

/** Under this name the log keeps how far the feed is. */
const NAME = 'feed';
const SAVE_MS = 1_000;
const SAVE_ROWS = 500;
/** Others had the time to take over from whoever stood still for so long. */
const STALL_MS = 1_000;

/** Meanwhile the feed waits, but not for ever. */
const PAUSE_MS = 100;
const MOST_PAUSE_MS = 10_000;

/** Why a run ended. */
export interface FeedEnd {
  readonly why: string;
  /** Another release is needed for the next row. */
  readonly unreadable: boolean;
}

/** Follows the log and fills the feed, from the moment its lock was taken until something ends it. */
export class FeedRun {
  readonly ended: Promise<FeedEnd>;
  #settle!: (end: FeedEnd) => void;
  #over = false;
  /** Another worker may have the lock: nothing is written any more. */
  #displaced = false;
  #unsaved = 0;
  /** Where it came to within the rows that were not taken as a whole. */
  #ahead: LaneMark | null = null;
  #saving: Promise<void> = Promise.resolve();
  #cancelTick: () => void = () => undefined;
  readonly #watch: StallWatch;
  readonly #lag: FeedLag;
  readonly #follower: Follower;

  constructor(
    private readonly ports: Ports,
    private readonly write: FeedWriter,
    from: Checkpoint,
  ) {
    const { store, bus, clock, log } = ports;
    this.ended = new Promise((resolve) => (this.#settle = resolve));
    this.#watch = createStallWatch(clock, STALL_MS);
    // Heard on the wire, every event of the fleet would be read here once more to tell what a beacon tells.
    this.#lag = createFeedLag(laneBeacons(bus));
    this.#follower = createFollower({
      log: store,
      signals: this.#lag.signals,
      clock,
      from,
      onRows: this.#onRows,
      onTrouble: (error) => log.warn('the log was not read for the feed', { error: error.message }),
    });
    this.#tick();
  }

  /** The first one of all begins with what the stream would still keep. */
  static async begin(ports: Ports, write: FeedWriter): Promise<FeedRun> {
    const { store, clock } = ports;
    const from = (await store.checkpoint(NAME)) ?? (await checkpointSince(store, clock.now() - MAX_AGE_MS));
    return new FeedRun(ports, write, from);
  }

  /** The lock is gone. */
  displace(why: string): void {
    this.#displaced = true;
    this.end(why);
  }

  end(why: string, unreadable = false): void {
    this.#over = true;
    this.#settle({ why, unreadable });
  }

  /** After its end: settles when nothing will be written any more and its place is kept. */
  async close(): Promise<void> {
    this.#cancelTick();
    this.#watch.stop();
    await this.#follower.stop();
    await this.#save();
    this.ports.metrics.level('feed_lag', 0);
  }

  readonly #mayWrite = (): boolean => {
    if (this.#watch.stalled()) this.displace('this worker stood still');
    return !this.#over;
  };

  readonly #onRows = async (rows: readonly StoredEvent[]): Promise<void> => {
    if (this.#unsaved >= SAVE_ROWS) await this.#save();
    await this.#calm();
    const { taken, failure } = await this.write(rows, this.#mayWrite);
    this.#unsaved += taken;
    if (failure === null) return;
    this.#ahead = rows[taken - 1] ?? null;
    this.end(failure.reason, failure.unreadable);
    throw new Error(failure.reason);
  };

  async #calm(): Promise<void> {
    const { clock, isTakingOver } = this.ports;
    const until = clock.now() + MOST_PAUSE_MS;
    while (isTakingOver() && clock.now() < until && !this.#over)
      await new Promise<void>((resolve) => clock.after(PAUSE_MS, resolve));
  }

  readonly #tick = (): void => {
    if (this.#mayWrite()) void this.#save();
    this.ports.metrics.level('feed_lag', this.#lag.behind(this.#follower.checkpoint()));
    this.#cancelTick = this.ports.clock.after(SAVE_MS, this.#tick);
  };

  get #place(): Checkpoint {
    const given = this.#follower.checkpoint();
    if (this.#ahead === null) return given;
    const { lane, wpos } = this.#ahead;
    return { ...given, lanes: { ...given.lanes, [lane]: wpos } };
  }

  /** Never over the place of another worker, which may be further. */
  #save(): Promise<void> {
    if (this.#unsaved === 0 || this.#displaced) return this.#saving;
    const rows = this.#unsaved;
    this.#unsaved = 0;
    const { store, log } = this.ports;
    this.#saving = this.#saving
      .then(() => store.saveCheckpoint(NAME, this.#place))
      .catch((error: unknown) => {
        this.#unsaved += rows;
        log.warn('the place of the feed was not kept', { error: String(error) });
      });
    return this.#saving;
  }
}
