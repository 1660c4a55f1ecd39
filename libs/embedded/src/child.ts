import { type ChildProcess } from 'node:child_process';
import { endProcess, identify, type ProcessIdentity } from './process-identity.ts';

export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A process that we started and answer for. */
export interface Child extends ProcessIdentity {
  /** Settles when the process has ended, for whatever reason; never rejects. */
  readonly exited: Promise<Exit>;
  /** Asks it to end in order, and makes sure of it. */
  readonly stop: () => Promise<void>;
  /** Ends it at once, without warning. */
  readonly kill: () => void;
  /** Lets this process end while the child goes on. */
  readonly release: () => void;
}

export interface StopManner {
  readonly signal: NodeJS.Signals;
  /** How long an orderly end may take before it is forced. */
  readonly graceMs: number;
}

/** Wraps a process just spawned; throws when it could not be started at all. */
export const adoptChild = async (spawned: ChildProcess, manner: StopManner): Promise<Child> => {
  const exited = new Promise<Exit>((resolve) => {
    spawned.once('exit', (code, signal) => resolve({ code, signal }));
  });
  await new Promise<void>((resolve, reject) => {
    spawned.once('spawn', resolve);
    spawned.once('error', reject);
  });
  const pid = spawned.pid ?? 0;
  const identity = identify(pid) ?? { pid, startedAt: 'ended' };
  return {
    ...identity,
    exited,
    stop: async () => {
      await endProcess(identity, manner.signal, manner.graceMs);
    },
    kill: () => {
      spawned.kill('SIGKILL');
    },
    release: () => {
      spawned.unref();
    },
  };
};

/** How an end reads in a message: `code 1`, `SIGKILL`. */
export const describeExit = ({ code, signal }: Exit): string => signal ?? `code ${code ?? 'unknown'}`;
