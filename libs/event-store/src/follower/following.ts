import { type LaneMark } from '../lanes.ts';
import { LaneVector } from './lane-vector.ts';
import { listLanes } from './list-lanes.ts';
import { type FollowerOptions } from './ports.ts';
import { createSessionOrder, type SessionOrder } from './session-order.ts';
import { Waiters } from './waiters.ts';
import { createWake } from './wake.ts';

/** At most so many rows are read, and given, at a time. */
const PAGE_ROWS = 500;
/** The table of lanes tells of lanes that nobody published on, and of closed ones. */
const LIST_MS = 5_000;
const FIRST_PAUSE_MS = 100;
const LAST_PAUSE_MS = 5_000;

/** The loop of a follower: lists the lanes when that is due, else reads a page of one that holds more. */
export class Following {
  readonly vector: LaneVector;
  readonly #order: SessionOrder;
  readonly #wake;
  readonly #waiters = new Waiters();
  readonly #running: Promise<void>;
  #listDue = true;
  #stopped = false;
  #cancelList = (): void => undefined;

  constructor(private readonly options: FollowerOptions) {
    this.vector = new LaneVector(options.from);
    this.#order = createSessionOrder(options.log, this.vector);
    this.#wake = createWake(options.clock);
    this.#running = this.#run();
  }

  hear(mark: LaneMark): void {
    this.vector.hear(mark);
    this.#wake.up();
  }

  async caughtUp(): Promise<void> {
    if (this.#stopped) throw new Error('the follower was stopped');
    const caughtUp = this.#waiters.add();
    this.#askList();
    await caughtUp;
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#cancelList();
    this.#wake.end();
    this.#waiters.stop();
    await this.#running;
  }

  #askList(): void {
    this.#listDue = true;
    this.#wake.up();
  }

  async #run(): Promise<void> {
    let pauseMs = FIRST_PAUSE_MS;
    while (!this.#stopped) {
      try {
        if (await this.#step()) pauseMs = FIRST_PAUSE_MS;
        else await this.#wake.sleep();
      } catch (error) {
        this.options.onTrouble?.(error instanceof Error ? error : new Error(String(error)));
        await this.#wake.pause(pauseMs);
        pauseMs = Math.min(2 * pauseMs, LAST_PAUSE_MS);
      }
    }
  }

  /** False when there is nothing to do. */
  async #step(): Promise<boolean> {
    if (this.#listDue) {
      await this.#list();
      return true;
    }
    const lane = this.vector.next();
    if (lane !== null) await this.#readPage(lane);
    return lane !== null;
  }

  async #list(): Promise<void> {
    const { log, clock } = this.options;
    this.#listDue = false;
    const tell = this.#waiters.asking();
    const infos = await listLanes(log, this.vector.done).catch((error: unknown) => {
      this.#listDue = true;
      throw error;
    });
    this.vector.list(infos, clock.now());
    tell(infos.map(({ lane, lastWpos }) => ({ lane, wpos: lastWpos })));
    this.#settle();
    this.#cancelList();
    if (!this.#stopped) this.#cancelList = clock.after(LIST_MS, () => this.#askList());
  }

  async #readPage(lane: number): Promise<void> {
    const page = await this.options.log.readLane(lane, this.vector.givenOf(lane), PAGE_ROWS);
    if (page.length === 0) this.vector.isAtEnd(lane);
    const { rows, waitsFor } = await this.#order.ready(page);
    const last = rows.at(-1);
    if (last !== undefined && !this.#stopped) {
      await this.options.onRows(rows);
      this.#order.given(rows);
      this.vector.give(last);
    }
    if (waitsFor !== null) this.vector.block(lane, waitsFor);
    this.#settle();
  }

  #settle(): void {
    this.#waiters.settle((mark) => this.vector.isGiven(mark));
  }
}
