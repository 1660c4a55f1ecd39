import { type Clock } from '@cordboard/kernel';
import { type QueueFigures } from '@cordboard/switch-sim';

/** Tells how the queues stand: once a second at most when they changed, and every ten seconds. */
export interface QueueFeed {
  /** Something happened in the switch. */
  readonly changed: () => void;
  readonly stop: () => void;
}

const LOOK_EVERY_MS = 1_000;
const TELL_EVERY_MS = 10_000;

export const createQueueFeed = (
  clock: Clock,
  figures: () => readonly QueueFigures[],
  tell: (queues: readonly QueueFigures[]) => void,
): QueueFeed => {
  let told = '';
  let lookedAt = -Infinity;
  let cancelLook: (() => void) | null = null;
  let cancelTell: () => void = () => undefined;

  /** Who waits and since when; the wait itself grows by the moment. */
  const standing = (queues: readonly QueueFigures[]): string => {
    const now = clock.now();
    return JSON.stringify(
      queues.map(({ id, waiting, longestWaitMs }) => [id, waiting, waiting > 0 ? now - longestWaitMs : 0]),
    );
  };

  const say = (queues: readonly QueueFigures[]): void => {
    told = standing(queues);
    cancelTell();
    cancelTell = clock.after(TELL_EVERY_MS, () => say(figures()));
    tell(queues);
  };

  const look = (): void => {
    cancelLook = null;
    lookedAt = clock.now();
    const queues = figures();
    if (standing(queues) !== told) say(queues);
  };

  return {
    changed: () => {
      cancelLook ??= clock.after(Math.max(0, lookedAt + LOOK_EVERY_MS - clock.now()), look);
    },
    stop: () => {
      cancelLook?.();
      cancelTell();
    },
  };
};
