import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';

/** One of the programs in `processes/`, running. */
export interface Helper {
  readonly pid: number;
  /** Has it do one thing; settles with what it gave, raises what it raised. */
  readonly ask: (name: string, given: object) => Promise<unknown>;
  readonly stop: () => Promise<void>;
}

interface Answer {
  readonly id: number;
  readonly value?: unknown;
  readonly error?: string;
}

const fileOf = (program: string): string =>
  fileURLToPath(new URL(`./processes/${program}${extname(import.meta.url)}`, import.meta.url));

const end = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.disconnect();
  await ended;
};

/** Starts a program of `processes/`; it ends with this process. */
export const startHelper = (program: string, execArgv: readonly string[] = []): Helper => {
  const child = fork(fileOf(program), [], {
    execArgv: [...process.execArgv, ...execArgv],
    serialization: 'advanced',
  });
  const waiting = new Map<number, (answer: Answer) => void>();
  let asked = 0;
  child.on('message', (answer: Answer) => {
    waiting.get(answer.id)?.(answer);
    waiting.delete(answer.id);
  });
  child.once('exit', (code, signal) => {
    const error = `${program} ended (${signal ?? code})`;
    for (const [id, settle] of waiting) settle({ id, error });
  });
  return {
    pid: child.pid ?? 0,
    ask: (name, given) =>
      new Promise((resolve, reject) => {
        const id = (asked += 1);
        waiting.set(id, ({ value, error }) =>
          error === undefined ? resolve(value) : reject(new Error(`${program}: ${error}`)),
        );
        child.send({ id, name, given });
      }),
    stop: () => end(child),
  };
};

/** What such a program does: carries out what it is asked, until its parent is gone. */
export const serveParent = (tasks: Readonly<Record<string, (given: never) => Promise<unknown>>>): void => {
  const carryOut = async (name: string, given: object): Promise<unknown> => {
    const task = tasks[name];
    if (task === undefined) throw new Error(`there is no ${name}`);
    return task(given as never);
  };
  process.on('message', ({ id, name, given }: { id: number; name: string; given: object }) => {
    carryOut(name, given).then(
      (value) => process.send?.({ id, value }),
      (error: unknown) =>
        process.send?.({ id, error: error instanceof Error ? error.message : String(error) }),
    );
  });
  process.on('disconnect', () => process.exit());
};
