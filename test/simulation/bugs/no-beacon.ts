import { type Bug } from './bug.ts';

/** Nobody says where lanes end: a lost last publication stays unnoticed. */
export const noBeacon: Bug = {
  name: 'no-beacon',
  faults: [],
  breaks: ['followers-equal'],
  spoilt: {
    worker: {
      connect: async (network, host) => {
        const bus = await network.connect(host);
        return {
          ...bus,
          publish: (subject, body, headers) =>
            subject.startsWith('cb.v1._sys.lane.') || bus.publish(subject, body, headers),
        };
      },
    },
  },
};
