import { type Feed, type MemoryFeed } from '@cordboard/bus';
import { type Host } from './host.ts';
import { createLine } from './line.ts';
import { type Random } from './random.ts';
import { type Scheduler } from './scheduler.ts';

/** The durable feed as one process reaches it: each message takes its time, and the answer does. */
export const feedFor = (scheduler: Scheduler, random: Random, host: Host, server: MemoryFeed): Feed => {
  const up = createLine(scheduler, random, null);
  const down = createLine(scheduler, random, host);
  return {
    ensure: () => server.ensure(),
    publish: (...message) =>
      new Promise((resolve) => {
        up.carry('feeds', () => {
          void server.publish(...message).then((stored) => down.carry('fed', () => resolve(stored)));
        });
      }),
  };
};
