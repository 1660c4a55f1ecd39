import { type Bus } from '@cordboard/bus';

/**
 * Settles when everything that the server had for us, or we for it, at the time of the call has arrived. Callers
 * of one moment share a round trip.
 */
export type RoundTrip = () => Promise<void>;

export const createRoundTrip = ({ flush }: Pick<Bus, 'flush'>): RoundTrip => {
  let gathering: Promise<void> | null = null;
  let running: Promise<void> = Promise.resolve();
  return () =>
    (gathering ??= running.then(() => {
      gathering = null;
      running = flush();
      return running;
    }));
};
