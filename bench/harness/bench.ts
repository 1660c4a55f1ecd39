import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { postgresUser, removeServerHome, SetupError } from '@cordboard/embedded';
import { type Asked } from './arguments.ts';
import { baselineOf, changesInWords, compareWith } from './baseline.ts';
import { type Group } from './context.ts';
import { flushTime } from './disk/flush-time.ts';
import { buildSlowDisk, type SlowDisk } from './disk/slow-disk.ts';
import { machineOf, sameMachine } from './machine.ts';
import { mergedRun } from './merged-run.ts';
import { preparePostgres } from './postgres.ts';
import { readBaseline, readRun, writeBaseline, writeRun } from './results.ts';
import { type Runner, runGroup } from './run-group.ts';
import { type GroupRun, type Run, rowsOf } from './run.ts';
import { chooseDisks, DISKS, RUN_S, settingsOf } from './settings.ts';
import { tableOf, tally } from './table.ts';

export interface Bench {
  readonly asked: Asked;
  readonly groups: readonly Group[];
  /** Folder of the project. */
  readonly root: string;
  /** Ends the run where it is. */
  readonly signal: AbortSignal;
}

const say = (text: string): void => void process.stderr.write(`${text}\n`);

/** The folder of this run, which is removed behind it, with every server that it names. */
const runFolder = (): string => {
  const folder = process.env['CORDBOARD_TEST_RUN'];
  if (folder === undefined) throw new Error('start it with npm run bench, which ends its servers');
  return folder;
};

/** Where the data lies, also when the server runs under a user of its own. */
const dataFolder = (dataDir: string): string => {
  const elsewhere = join(dataDir, 'server-home');
  return existsSync(elsewhere) ? readFileSync(elsewhere, 'utf8').trim() : dataDir;
};

const runGroups = async (
  runner: Omit<Runner, 'progress' | 'leftS'>,
  { groups, asked, signal }: Bench,
): Promise<readonly GroupRun[]> => {
  const done: GroupRun[] = [];
  const since = performance.now();
  for (const group of groups) {
    let doing = 'its start';
    const gone = (performance.now() - since) / 1_000;
    const progress = (text: string): void => {
      doing = text;
      say(`${((performance.now() - since) / 1_000).toFixed(0).padStart(5)} s  ${group.name}: ${text}`);
    };
    if (signal.aborted) break;
    progress(group.says);
    const run = await runGroup({ ...runner, leftS: Math.max(1, RUN_S[asked.mode] - gone), progress }, group);
    if (signal.aborted) {
      say(`Stopped in ${group.name}, at: ${doing}. ${done.length} of ${groups.length} groups were done.`);
      break;
    }
    done.push(run);
    if (!asked.json) console.log(tableOf(run));
  }
  return done;
};

const measure = async (bench: Bench, slowDisk: SlowDisk | { readonly why: string }): Promise<Run> => {
  const { asked, root, signal } = bench;
  const [began, date] = [performance.now(), new Date().toISOString()];
  const noSlowDisk = 'why' in slowDisk ? slowDisk.why : null;
  const { disks, absent } = chooseDisks({ mode: asked.mode, only: asked.onlyDisks, noSlowDisk });
  const dataDir = join(runFolder(), 'bench-postgres');
  try {
    say('a Postgres of its own');
    const environments =
      'why' in slowDisk ? {} : Object.fromEntries(DISKS.map((disk) => [disk, slowDisk.environmentOf(disk)]));
    const place = await preparePostgres(dataDir, environments);
    const order = { settings: settingsOf(asked.mode, disks), place, runFolder: join(runFolder(), 'group') };
    const machine = await machineOf(root, place.version);
    const fdatasyncMs = flushTime(dataFolder(dataDir));
    const program = join(import.meta.dirname, '..', 'group-process.js');
    const groups = await runGroups({ program, order, absent, signal }, bench);
    const seconds = (performance.now() - began) / 1_000;
    return { mode: asked.mode, date, seconds, machine, fdatasyncMs, groups };
  } finally {
    removeServerHome(dataDir, postgresUser());
    rmSync(dataDir, { recursive: true, force: true });
  }
};

const keepResults = ({ asked, root }: Bench, run: Run): void => {
  if (asked.groups.length > 0 && !asked.keep) return;
  const before = asked.groups.length === 0 ? null : readRun(join(root, 'bench'), asked.mode);
  writeRun(join(root, 'bench'), before === null ? run : mergedRun(before, run));
  say(`written: bench/results/${asked.mode}.md`);
};

/** Whether the comparison, if one was asked for, is passed. */
const compared = ({ asked, root }: Bench, run: Run): boolean => {
  const folder = join(root, 'bench');
  const baseline = readBaseline(folder);
  const machine = sameMachine(run.machine);
  if (asked.baseline) writeBaseline(folder, baselineOf(rowsOf(run), { date: run.date, machine }, baseline));
  if (!asked.compare) return true;
  if (baseline === null) return false;
  const changes = compareWith(baseline, rowsOf(run), machine);
  (asked.json ? say : console.log)(changesInWords(changes).join('\n'));
  return changes.every(({ worse }) => !worse);
};

/** Runs the groups, prints and keeps what they found; gives the exit code. */
export const bench = async (asks: Bench): Promise<number> => {
  if (asks.asked.compare && readBaseline(join(asks.root, 'bench')) === null) {
    say('There is no bench/baseline.json to compare with: make one with --baseline.');
    return 1;
  }
  const slowDisk = buildSlowDisk(join(asks.root, 'bench', 'harness', 'disk', 'slow-fsync.c'));
  try {
    const run = await measure(asks, slowDisk);
    if (asks.signal.aborted) return 130;
    if (asks.asked.json) console.log(JSON.stringify(run));
    else console.log(tally(rowsOf(run)));
    keepResults(asks, run);
    const passed = compared(asks, run);
    return passed && run.groups.every(({ failure }) => failure === null) ? 0 : 1;
  } catch (error) {
    if (asks.signal.aborted) say('Stopped before the first group.');
    else
      say(error instanceof SetupError ? error.message : String(error instanceof Error ? error.stack : error));
    return asks.signal.aborted ? 130 : 1;
  } finally {
    if (!('why' in slowDisk)) slowDisk.remove();
  }
};
