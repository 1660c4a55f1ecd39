import { type Bug } from './bug.ts';

/** Workers subscribe without their queue groups: all of them hear what is for one of them. */
export const noQueueGroup: Bug = {
  name: 'no-queue-group',
  faults: [],
  breaks: ['serial-replies', 'effects-intended', 'stored-once'],
  spoilt: {
    worker: {
      connect: async (network, host) => {
        const bus = await network.connect(host);
        return { ...bus, subscribe: (subject, handler) => bus.subscribe(subject, handler) };
      },
    },
  },
};
