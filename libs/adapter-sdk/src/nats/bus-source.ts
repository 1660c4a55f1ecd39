import { type Bus } from '@cordboard/bus';

/** Where the connection to NATS comes from: one that is given, or one after the other. */
export interface BusSource {
  /** Begins; `onBus` hears of every connection there is. */
  readonly start: (onBus: (bus: Bus) => void) => void;
  /** Null while there is none. */
  readonly current: () => Bus | null;
  /** Settles when there is a connection other than this one, or when the signal ends the waiting. */
  readonly other: (than: Bus | null, signal: AbortSignal) => Promise<void>;
  /** Closes what it opened itself. */
  readonly end: () => Promise<void>;
}

/** The one connection that was given; nothing comes after it. */
export const fixedBus = (bus: Bus): BusSource => {
  let current: Bus | null = bus;
  return {
    start: (onBus) => {
      void bus.closed.then(() => (current = null));
      onBus(bus);
    },
    current: () => current,
    other: (_, signal) =>
      new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true })),
    end: () => bus.flush(),
  };
};
