import { type Clock } from '@cordboard/kernel';
import { scrubText } from '../logging/redact.ts';

/** Passes by returning; raises or rejects with the reason when what it looks at is not fit for work. */
export type HealthCheck = () => Promise<void> | void;

export interface Readiness {
  readonly ready: boolean;
  /** `ok`, or why not. */
  readonly checks: Readonly<Record<string, string>>;
}

export interface Health {
  /** The returned function takes the check out again. */
  readonly register: (name: string, check: HealthCheck) => () => void;
  /** Runs every check; each has its own time limit. */
  readonly ready: () => Promise<Readiness>;
  /** From now on not ready: no new work, please. */
  readonly stopping: () => void;
}

const OK = 'ok';

/** A check that hangs is never started twice: while it runs, further questions share its outcome. */
const createProbe = (check: HealthCheck, clock: Clock, limitMs: number): (() => Promise<string>) => {
  let running: Promise<string> | null = null;
  const start = (): Promise<string> => {
    running = Promise.resolve()
      .then(check)
      .then(
        () => OK,
        (error: unknown) => scrubText(error instanceof Error ? error.message : String(error)),
      )
      .finally(() => (running = null));
    return running;
  };
  return () =>
    new Promise((resolve) => {
      const cancel = clock.after(limitMs, () => resolve(`no answer within ${limitMs} ms`));
      void (running ?? start()).then((outcome) => {
        cancel();
        resolve(outcome);
      });
    });
};

export const createHealth = (clock: Clock, limitMs = 1_000): Health => {
  const probes = new Map<string, () => Promise<string>>();
  let stopping = false;
  return {
    register: (name, check) => {
      probes.set(name, createProbe(check, clock, limitMs));
      return () => void probes.delete(name);
    },
    ready: async () => {
      if (stopping) return { ready: false, checks: { app: 'stopping' } };
      const names = [...probes.keys()];
      const outcomes = await Promise.all([...probes.values()].map((probe) => probe()));
      return {
        ready: outcomes.every((outcome) => outcome === OK),
        checks: Object.fromEntries(names.map((name, index) => [name, outcomes[index] ?? OK])),
      };
    },
    stopping: () => {
      stopping = true;
    },
  };
};
