import { setTimeout as delay } from 'node:timers/promises';
import { randomFrom } from '../e2e/support/random.ts';
import { check } from './check/check.ts';
import { follow } from './check/follow.ts';
import { readRecords } from './check/read.ts';
import { type Records, type Violation } from './check/records.ts';
import { between, type Fault, type Scene } from './faults/fault.ts';
import { startLoad } from './load/load.ts';
import { type Recovery, recoveryOf } from './recovery.ts';
import { type Slow, slowest } from './slowest.ts';
import { startTown } from './town/town.ts';

export interface ChaosOptions {
  readonly seed: number;
  readonly faults: readonly Fault[];
  readonly agents: number;
  readonly browsers: number;
  readonly workers: number;
  /** Between two things that an agent does, on average. */
  readonly paceMs: number;
  /** Between two faults. */
  readonly restMs: number;
  readonly patience: number;
  /** Starts the faults from the beginning, again and again, until then (ms since the epoch). */
  readonly until?: number | undefined;
  /** Hears of progress. */
  readonly say: (line: string) => void;
}

/** One fault that was injected. */
export interface Struck extends Recovery {
  readonly fault: string;
  readonly tookMs: number;
  /** It could not be injected as meant: why. */
  readonly trouble: string | null;
}

export interface ChaosReport {
  readonly seed: number;
  readonly faults: readonly Struck[];
  readonly commands: number;
  readonly sent: number;
  readonly sessions: number;
  readonly events: number;
  readonly effects: number;
  readonly followed: number;
  readonly fed: number;
  readonly slowest: readonly Slow[];
  readonly resumes: number;
  readonly resets: number;
  readonly gaps: number;
  readonly violations: readonly Violation[];
  readonly tookMs: number;
}

const SLOWEST = 5;
const MAX_RECOVERY_MS = 20_000;

const strike = async (scene: Scene, fault: Fault, say: ChaosOptions['say']): Promise<Struck> => {
  const { town, load } = scene;
  const begun = Date.now();
  const trouble = await fault.strike(scene).then(
    () => null,
    (error: unknown) => String(error),
  );
  town.heal();
  const over = Date.now();
  const logs = load.desks.map(({ log }) => log);
  const isBack = (): boolean => recoveryOf(logs, begun, over).missing === 0;
  for (let waited = 0; waited < MAX_RECOVERY_MS && !isBack(); waited += 50) await delay(50);
  const struck = { fault: fault.name, tookMs: over - begun, trouble, ...recoveryOf(logs, begun, over) };
  await town.complete();
  const { medianMs, worstMs, missing, failed } = struck;
  say(
    `${fault.name}: ${over - begun} ms, back after ${medianMs ?? '?'} ms (worst ${worstMs ?? '?'}${missing === 0 ? '' : `, ${missing} not yet`}), refused ${failed}${trouble === null ? '' : ` (${trouble})`}`,
  );
  return struck;
};

const unnoticed = (faults: readonly Fault[], struck: readonly Struck[]): readonly Violation[] =>
  struck.flatMap(({ fault, failed }) =>
    failed > 0 && faults.some(({ name, unnoticed: silent }) => name === fault && silent === true)
      ? [
          {
            invariant: 'no command fails',
            session: '',
            seq: null,
            what: `${fault}: ${failed} commands failed`,
          },
        ]
      : [],
  );

const summary = (
  { seed, faults }: ChaosOptions,
  records: Records,
  { struck, begun }: { readonly struck: readonly Struck[]; readonly begun: number },
): ChaosReport => {
  const entries = records.clients.flatMap((client) => client.entries);
  const sent = entries.filter(({ kind }) => kind === 'sent');
  const count = (matches: (entry: (typeof entries)[number]) => boolean): number =>
    entries.filter(matches).length;
  return {
    seed,
    faults: struck,
    commands: new Set(sent.map((entry) => (entry.kind === 'sent' ? entry.id : ''))).size,
    sent: sent.length,
    sessions: records.sessions.size,
    events: [...records.sessions.values()].reduce((sum, rows) => sum + rows.length, 0),
    effects: records.effects.length,
    followed: records.followed.length,
    fed: records.fed.length,
    slowest: slowest(records.clients, SLOWEST),
    resumes: count((entry) => entry.kind === 'bound' && entry.mode === 'resumed'),
    resets: count((entry) => entry.kind === 'bound' && entry.mode === 'reset' && entry.after > 0),
    gaps: count(({ kind }) => kind === 'gap'),
    violations: [...check(records), ...unnoticed(faults, struck)],
    tookMs: Date.now() - begun,
  };
};

const order = (faults: readonly Fault[], seed: number): readonly Fault[] => {
  const random = randomFrom(seed);
  return faults
    .map((fault) => ({ fault, at: random.next() }))
    .sort((a, b) => a.at - b.at)
    .map(({ fault }) => fault);
};

/** Starts everything, lets agents work, injects the faults one after the other, then compares what all say. */
export const chaos = async (options: ChaosOptions): Promise<ChaosReport> => {
  const { seed, agents, browsers, workers, paceMs, restMs, patience, say, until = 0 } = options;
  const begun = Date.now();
  const ownDatabase = options.faults.some((fault) => fault.ownDatabase === true);
  const town = await startTown({
    agents: browsers > 0 ? 2_100 + browsers : agents + 10,
    workers,
    edges: 2,
    ownDatabase,
  });
  try {
    say('the town is there');
    const following = await follow(town);
    const load = await startLoad(town, { agents, paceMs, seed });
    await load.underWay();
    say(`${agents} agents are at work`);
    const random = randomFrom(seed);
    const struck: Struck[] = [];
    do {
      for (const fault of order(options.faults, seed + struck.length)) {
        await delay(between(random, restMs / 2, restMs));
        struck.push(await strike({ town, load, random, patience, browsers }, fault, say));
      }
    } while (Date.now() < until);
    await load.rest();
    await delay(500);
    say('all is at rest; comparing');
    load.close();
    const records = await readRecords(town, load, following);
    const report = summary(options, records, { struck, begun });
    await following.stop();
    return report;
  } catch (error) {
    throw new Error(`${String(error)}\n${town.logs().slice(-6_000)}`, { cause: error });
  } finally {
    await town.stop();
  }
};
