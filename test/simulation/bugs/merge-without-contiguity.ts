import { type BusMessage } from '@cordboard/bus';
import { type JsonObject } from '@cordboard/kernel';
import { type Bug } from './bug.ts';

/** Lets every live event look as if it followed the one that was heard before it. */
const smoothed = (handler: (message: BusMessage) => void): ((message: BusMessage) => void) => {
  let last: number | null = null;
  return (message) => {
    const frame = JSON.parse(message.body) as JsonObject;
    const { sequence, previous } = frame;
    if (frame.messageType !== 'objectEvent' || typeof sequence !== 'number' || sequence === previous) {
      return handler(message);
    }
    const body = last === null ? message.body : JSON.stringify({ ...frame, previous: last });
    last = Math.max(last ?? 0, sequence);
    handler({ ...message, body });
  };
};

/** The edge merges what it hears without proof that nothing is missing. */
export const mergeWithoutContiguity: Bug = {
  name: 'merge-without-contiguity',
  faults: ['publications lost'],
  breaks: ['followers-equal'],
  spoilt: {
    edge: {
      connect: async (network, host) => {
        const bus = await network.connect(host);
        return {
          ...bus,
          subscribe: (subject, handler, options) =>
            bus.subscribe(subject, subject.includes('.evt.') ? smoothed(handler) : handler, options),
        };
      },
    },
  },
};
