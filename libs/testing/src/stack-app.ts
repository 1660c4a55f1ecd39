import {
  forgetProcess,
  type NodeApp,
  type Ports,
  type ProcessIdentity,
  rememberProcess,
  startNodeApp,
} from '@cordboard/embedded';
import { runFolder } from './run-folder.ts';

/** One process of a stack. */
export interface StackApp {
  readonly name: string;
  readonly pid: number;
  /** Null before its first start. */
  readonly identity: ProcessIdentity | null;
  readonly ports: Ports;
  /** Starts it, or starts it again after it has ended; settles when it serves. */
  readonly start: () => Promise<void>;
  /** Ends it at once, as a crash would, and waits. */
  readonly kill: () => Promise<void>;
  /** Settles when it has ended, by itself or not. */
  readonly ended: () => Promise<void>;
  /** Stops its execution without ending it; `resume` lets it go on. */
  readonly freeze: () => void;
  readonly resume: () => void;
  /** Ends it in order, and waits. */
  readonly stop: () => Promise<void>;
  /** What it wrote lately, each line with its name in front. */
  readonly log: () => string;
}

const MAX_LINES = 2000;

export const createStackApp = (
  name: string,
  entry: string,
  environment: () => Readonly<Record<string, string>>,
  execArgv: readonly string[] = [],
): StackApp => {
  const lines: string[] = [];
  let running: NodeApp | null = null;
  const current = (): NodeApp => {
    if (running === null) throw new Error(`${name} was not started`);
    return running;
  };
  return {
    name,
    get pid() {
      return current().pid;
    },
    get identity() {
      return running;
    },
    get ports() {
      return current().ports;
    },
    start: async () => {
      const onLine = (line: string): void => {
        if (lines.push(`${name} | ${line}`) > MAX_LINES) lines.shift();
      };
      running = await startNodeApp({ entry, env: environment(), execArgv, onLine });
      rememberProcess(runFolder(), `${name}-${running.pid}`, running);
    },
    kill: async () => {
      current().kill();
      await current().exited;
    },
    ended: async () => {
      await current().exited;
    },
    freeze: () => {
      process.kill(current().pid, 'SIGSTOP');
    },
    resume: () => {
      process.kill(current().pid, 'SIGCONT');
    },
    stop: async () => {
      if (running === null) return;
      await running.stop();
      forgetProcess(runFolder(), `${name}-${running.pid}`);
    },
    log: () => lines.join('\n'),
  };
};
