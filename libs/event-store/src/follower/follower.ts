import { Following } from './following.ts';
import { type Follower, type FollowerOptions } from './ports.ts';

/**
 * Follows the whole log from a checkpoint on (design K3, K12): catches up, then goes on live whenever a mark says
 * that a lane holds more than was read. Every row once, in order within its session, wherever the session moved.
 * It looks at nothing but rows, so that a transaction left open elsewhere in the database holds up nobody.
 */
export const createFollower = (options: FollowerOptions): Follower => {
  const following = new Following(options);
  const unsubscribe = options.signals.subscribe((mark) => following.hear(mark));
  return {
    checkpoint: () => following.vector.checkpoint,
    caughtUp: () => following.caughtUp(),
    stop: () => {
      unsubscribe();
      return following.stop();
    },
  };
};
