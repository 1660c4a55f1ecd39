import { type Supervision } from './supervise.ts';

/** In this order they stop: whoever is asked last by others ends first. */
const STOP_ORDER = ['edge', 'session', 'cti-simulator', 'cti-gateway', 'nats', 'postgres'] as const;

export type PartKind = (typeof STOP_ORDER)[number];

/** What runs, as far as it has been started. */
export interface RunningParts {
  readonly add: (kind: PartKind, part: Supervision) => void;
  /** Stops everything in order; safe to call after a start that got only half way. */
  readonly stop: () => Promise<void>;
}

export const createRunningParts = (): RunningParts => {
  const parts: { readonly kind: PartKind; readonly part: Supervision }[] = [];
  return {
    add: (kind, part) => {
      parts.push({ kind, part });
    },
    stop: async () => {
      for (const { part } of parts) part.halt();
      for (const kind of STOP_ORDER) {
        await Promise.all(parts.filter((one) => one.kind === kind).map(({ part }) => part.stop()));
      }
    },
  };
};
