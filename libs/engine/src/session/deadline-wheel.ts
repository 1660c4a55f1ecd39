import { type Clock } from '@cordboard/kernel';

/** One clock for the deadlines of all sessions: each key has at most one, and is called once when it is over. */
export interface DeadlineWheel<Key> {
  /** Replaces the key's deadline; null takes it away. */
  readonly set: (key: Key, at: number | null) => void;
  readonly stop: () => void;
}

const SLOT_MS = 50;

/** Deadlines are met within `SLOT_MS` after their time, never before it. */
export const createDeadlineWheel = <Key>(clock: Clock, onDue: (key: Key) => void): DeadlineWheel<Key> => {
  const slots = new Map<number, Set<Key>>();
  const slotOf = new Map<Key, number>();
  let cancel: (() => void) | null = null;
  let armedFor = Infinity;

  const arm = (): void => {
    let earliest = Infinity;
    for (const slot of slots.keys()) if (slot < earliest) earliest = slot;
    if (earliest === armedFor) return;
    cancel?.();
    armedFor = earliest;
    cancel = earliest === Infinity ? null : clock.after(Math.max(0, earliest * SLOT_MS - clock.now()), turn);
  };

  const turn = (): void => {
    armedFor = Infinity;
    cancel = null;
    const now = clock.now();
    const due = [...slots].filter(([slot]) => slot * SLOT_MS <= now).sort(([one], [other]) => one - other);
    for (const [slot, keys] of due) {
      slots.delete(slot);
      for (const key of keys) {
        slotOf.delete(key);
        onDue(key);
      }
    }
    arm();
  };

  const remove = (key: Key): void => {
    const slot = slotOf.get(key);
    if (slot === undefined) return;
    slotOf.delete(key);
    const keys = slots.get(slot);
    keys?.delete(key);
    if (keys?.size === 0) slots.delete(slot);
  };

  const set = (key: Key, at: number | null): void => {
    const slot = at === null ? undefined : Math.ceil(at / SLOT_MS);
    if (slotOf.get(key) === slot) return;
    remove(key);
    if (slot !== undefined) {
      slotOf.set(key, slot);
      const keys = slots.get(slot) ?? new Set<Key>();
      slots.set(slot, keys.add(key));
    }
    arm();
  };

  const stop = (): void => {
    cancel?.();
    cancel = null;
    slots.clear();
    slotOf.clear();
  };

  return { set, stop };
};
