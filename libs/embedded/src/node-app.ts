import { type ChildProcess, fork } from 'node:child_process';
import { adoptChild, type Child, describeExit, type Exit } from './child.ts';
import { eachLine } from './line-splitter.ts';
import { SetupError } from './setup-error.ts';

export interface NodeAppOptions {
  /** The file that Node runs. */
  readonly entry: string;
  /** The whole environment; nothing is inherited. */
  readonly env: Readonly<Record<string, string>>;
  readonly execArgv?: readonly string[] | undefined;
  /** Each line that the app writes, on either stream. */
  readonly onLine: (line: string) => void;
  readonly readyMs?: number | undefined;
}

/** Ports by purpose (`http`, `metrics`), as the app said when it was ready. */
export type Ports = Readonly<Record<string, number>>;

export interface NodeApp extends Child {
  readonly ports: Ports;
}

const READY_MS = 30_000;

/** The app says once, over the channel to its parent, that it serves: `{"ready":true,"ports":{"http":8080}}`. */
const readPorts = (message: unknown): Ports | null => {
  if (typeof message !== 'object' || message === null || !('ready' in message) || message.ready !== true)
    return null;
  const ports = 'ports' in message && typeof message.ports === 'object' ? message.ports : null;
  return Object.fromEntries(
    Object.entries(ports ?? {}).filter((entry): entry is [string, number] => typeof entry[1] === 'number'),
  );
};

const untilReady = (spawned: ChildProcess, exited: Promise<Exit>, readyMs: number): Promise<Ports> =>
  new Promise((resolve, reject) => {
    const tooLate = setTimeout(() => {
      reject(new SetupError(`not ready after ${readyMs / 1000} s`));
    }, readyMs);
    spawned.on('message', (message) => {
      const ports = readPorts(message);
      if (ports === null) return;
      clearTimeout(tooLate);
      resolve(ports);
    });
    void exited.then((exit) => {
      clearTimeout(tooLate);
      reject(new SetupError(`ended before it was ready (${describeExit(exit)})`));
    });
  });

/**
 * Starts a Node program that reports over IPC when it serves. It leads its own process group, so that Ctrl-C
 * reaches its parent alone. Throws `SetupError` when it ends first or takes too long.
 */
export const startNodeApp = async (options: NodeAppOptions): Promise<NodeApp> => {
  const spawned = fork(options.entry, [], {
    env: { ...options.env },
    execArgv: [...(options.execArgv ?? [])],
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  for (const stream of [spawned.stdout, spawned.stderr])
    if (stream !== null) eachLine(stream, options.onLine);
  const child = await adoptChild(spawned, { signal: 'SIGTERM', graceMs: 15_000 });
  try {
    return { ...child, ports: await untilReady(spawned, child.exited, options.readyMs ?? READY_MS) };
  } catch (error) {
    await child.stop();
    throw error;
  }
};
