import { type Random } from './random.ts';

/** Whatever a task belongs to: its tasks are dropped when it is dead, and wait while it is frozen. */
export interface Actor {
  readonly name: string;
  readonly isDead: () => boolean;
  /** Keeps the task for later; false when the actor is awake. */
  readonly keep: (task: () => void) => boolean;
}

interface Item {
  readonly at: number;
  readonly tie: number;
  readonly actor: Actor | null;
  readonly label: string;
  task: (() => void) | null;
}

/** The one place where time passes and where it is decided what happens next. */
export interface Scheduler {
  /** Milliseconds since the epoch, with fractions. */
  readonly now: () => number;
  /** How many tasks have run: a total order of everything that happened. */
  readonly step: () => number;
  /** Runs the task once, at that time or at once when it is over; tasks of one moment run in a seeded order. */
  readonly at: (time: number, actor: Actor | null, label: string, task: () => void) => () => void;
  /** Lets the world go on until that time; settles before the first task after it. */
  readonly runUntil: (time: number) => Promise<void>;
  /** Fingerprint of everything that ran so far: the same for the same seed. */
  readonly hash: () => string;
}

/** After so many tasks the event loop of the real process gets a turn. */
const TASKS_PER_TURN = 4_096;

const before = (one: Item, other: Item): boolean =>
  one.at < other.at || (one.at === other.at && one.tie < other.tie);

const push = (heap: Item[], item: Item): void => {
  let index = heap.length;
  heap.push(item);
  while (index > 0) {
    const parent = (index - 1) >> 1;
    const above = heap[parent] as Item;
    if (!before(item, above)) break;
    heap[index] = above;
    index = parent;
  }
  heap[index] = item;
};

const sink = (heap: Item[], item: Item): void => {
  let index = 0;
  for (;;) {
    let child = 2 * index + 1;
    if (child >= heap.length) break;
    if (child + 1 < heap.length && before(heap[child + 1] as Item, heap[child] as Item)) child += 1;
    if (!before(heap[child] as Item, item)) break;
    heap[index] = heap[child] as Item;
    index = child;
  }
  heap[index] = item;
};

const pop = (heap: Item[]): Item | undefined => {
  const first = heap[0];
  const last = heap.pop();
  if (last !== undefined && heap.length > 0) sink(heap, last);
  return first;
};

const START = Date.UTC(2026, 0, 1);

/**
 * Between two tasks all promises settle: the next task is begun by `process.nextTick` out of a microtask, which
 * runs when no other microtask is left. `trace` hears of every task.
 */
export const createScheduler = (
  random: Random,
  trace: ((line: string) => void) | null,
  afterTurn: () => Promise<void>,
): Scheduler => {
  const heap: Item[] = [];
  let now = START;
  let steps = 0;
  let hash = 0x811c9dc5;

  const note = (label: string): void => {
    for (let index = 0; index < label.length; index += 1) {
      hash = Math.imul(hash ^ label.charCodeAt(index), 0x01000193);
    }
    hash = Math.imul(hash ^ Math.round(now * 1_000), 0x01000193);
  };

  const runOne = (item: Item): void => {
    const { task, actor, label } = item;
    if (task === null || actor?.isDead() === true || actor?.keep(() => runOne(item)) === true) return;
    item.task = null;
    steps += 1;
    note(label);
    trace?.(`${(now - START).toFixed(3).padStart(10)} ${(actor?.name ?? '-').padEnd(9)} ${label}`);
    task();
  };

  return {
    now: () => now,
    step: () => steps,
    hash: () => (hash >>> 0).toString(16).padStart(8, '0'),
    at: (time, actor, label, task) => {
      const item: Item = { at: Math.max(time, now), tie: random.next(), actor, label, task };
      push(heap, item);
      return () => {
        item.task = null;
      };
    },
    runUntil: (time) =>
      new Promise((resolve, reject) => {
        let count = 0;
        const later = (): void => {
          count += 1;
          if (count % TASKS_PER_TURN === 0) void afterTurn().then(turn, reject);
          else queueMicrotask(() => process.nextTick(turn));
        };
        const turn = (): void => {
          for (;;) {
            const next = heap[0];
            if (next === undefined || next.at > time) {
              now = Math.max(now, time);
              return resolve();
            }
            pop(heap);
            if (next.task === null) continue;
            now = Math.max(now, next.at);
            try {
              runOne(next);
            } catch (error) {
              return reject(error instanceof Error ? error : new Error(String(error)));
            }
            return later();
          }
        };
        turn();
      }),
  };
};
