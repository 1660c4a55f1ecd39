import { type Clock } from '@cordboard/kernel';

interface Item {
  readonly delayMs: number;
  readonly task: () => void;
}

/** What may wait in one lane; the rest is lost. */
const MAX_WAITING = 1_000;

/** Runs tasks of one lane in order, each after its delay; whatever is behind a delayed one waits with it. */
export const createLanes = (clock: Clock): ((lane: string, delayMs: number, task: () => void) => void) => {
  const lanes = new Map<string, Item[]>();

  const runFrom = (lane: string, items: Item[]): void => {
    for (let next = items[0]; next !== undefined; next = items[0]) {
      const { delayMs, task } = next;
      items[0] = { delayMs: 0, task };
      if (delayMs > 0) return void clock.after(delayMs, () => runFrom(lane, items));
      items.shift();
      task();
    }
    lanes.delete(lane);
  };

  return (lane, delayMs, task) => {
    const waiting = lanes.get(lane);
    if (waiting !== undefined) {
      if (waiting.length < MAX_WAITING) waiting.push({ delayMs, task });
      return;
    }
    if (delayMs === 0) return task();
    const items = [{ delayMs, task }];
    lanes.set(lane, items);
    runFrom(lane, items);
  };
};
