import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { endProcess, leftovers, postgresUser, removeServerHome } from '@cordboard/embedded';
import { completeRows } from './complete.ts';
import { BUDGET_S, type Group } from './context.ts';
import { type Order, type Report } from './order.ts';
import { type Curve, type Row } from './row.ts';
import { type GroupRun } from './run.ts';
import { type AbsentDisks } from './settings.ts';

export interface Runner {
  /** The program that takes an order. */
  readonly program: string;
  readonly order: Omit<Order, 'group'>;
  readonly absent: AbsentDisks;
  /** Seconds that the run has left for this group and those behind it. */
  readonly leftS: number;
  readonly progress: (text: string) => void;
  /** Ends the group that runs. */
  readonly signal: AbortSignal;
}

const GRACE_MS = 5_000;

/** Ends what a group started and left, and forgets its data. */
const tidyUp = async (folder: string): Promise<void> => {
  await Promise.all(leftovers(folder).map((one) => endProcess(one, 'SIGINT', GRACE_MS)));
  // Where the database of the test kit lies, when root started it.
  const data = join(folder, 'data');
  if (existsSync(data)) removeServerHome(data, postgresUser());
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
};

const startProcess = ({ program, order }: Runner, group: string): ChildProcess => {
  const child = fork(program, {
    // Its own process group: Ctrl-C reaches us alone, and we end it.
    detached: true,
    serialization: 'advanced',
    stdio: ['ignore', 2, 2, 'ipc'],
    env: { ...process.env, CORDBOARD_TEST_RUN: order.runFolder },
  });
  child.send({ ...order, group } satisfies Order);
  return child;
};

interface Heard {
  readonly rows: Row[];
  readonly curves: Curve[];
  readonly notes: string[];
  failure: string | null;
}

const listen = (child: ChildProcess, heard: Heard, progress: (text: string) => void): void => {
  child.on('message', (report: Report) => {
    if (report.kind === 'progress') return progress(report.text);
    if (report.kind === 'failed') {
      heard.failure = report.why;
      return;
    }
    heard.rows.push(...report.found.rows);
    heard.curves.push(...(report.found.curves ?? []));
    heard.notes.push(...(report.found.notes ?? []));
  });
};

/** Settles when the process has ended: by itself, when its time is over, or when all is stopped. */
const untilEnded = (child: ChildProcess, budgetS: number, signal: AbortSignal): Promise<string | null> =>
  new Promise((resolve) => {
    let why: string | null = null;
    const end = (reason: string): void => {
      why ??= reason;
      child.kill('SIGKILL');
    };
    const stop = (): void => end('stopped');
    const budget = setTimeout(() => end(`took longer than its ${budgetS.toFixed(0)} s`), budgetS * 1_000);
    signal.addEventListener('abort', stop);
    // What it told last may be read after it has ended, and before it is disconnected.
    const disconnected = once(child, 'disconnect');
    child.once('exit', (code, killedBy) => {
      clearTimeout(budget);
      signal.removeEventListener('abort', stop);
      const reason = why ?? (code === 0 ? null : `its process ended with ${killedBy ?? `code ${code}`}`);
      void disconnected.then(() => resolve(reason));
    });
  });

/** Runs a group in a process of its own and tidies up behind it; never raises what the group does. */
export const runGroup = async (runner: Runner, group: Group): Promise<GroupRun> => {
  const { order, absent, leftS, progress, signal } = runner;
  const { mode } = order.settings;
  const since = performance.now();
  mkdirSync(order.runFolder, { recursive: true, mode: 0o700 });
  const heard: Heard = { rows: [], curves: [], notes: [], failure: null };
  const child = startProcess(runner, group.name);
  listen(child, heard, progress);
  const budgetS = Math.min((group.budgetS ?? BUDGET_S)[mode], leftS);
  const ended = await untilEnded(child, budgetS, signal);
  await tidyUp(order.runFolder);
  const failure = heard.failure ?? ended;
  // A group that announces nothing still has a line in the table when it fails.
  const all =
    failure === null ? [] : [{ id: group.name, title: group.says, unit: '', better: 'higher' as const }];
  return {
    name: group.name,
    seconds: (performance.now() - since) / 1_000,
    rows: completeRows(group.rows ?? all, heard.rows, { mode, absent, failure }),
    curves: heard.curves,
    notes: heard.notes,
    failure,
  };
};
