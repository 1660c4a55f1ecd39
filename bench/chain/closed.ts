import { type Announced, type Context } from '../harness/context.ts';
import { type Figures, figuresOf } from '../harness/figures.ts';
import { interleaved, ratioOf } from '../harness/rounds.ts';
import { type Curve, type Row } from '../harness/row.ts';
import { ANNOUNCED } from './announced.ts';
import { hopParts } from './hops.ts';
import { type Stage } from './stage.ts';
import { type Turn } from './turn.ts';

type Parts = NonNullable<Row['parts']>;

/** The turns that count, of all chains in turn. */
export const race = async <Name extends string>(
  chains: Readonly<Record<Name, () => Promise<Turn>>>,
  rounds: number,
): Promise<Readonly<Record<Name, readonly Turn[]>>> => {
  const names = Object.keys(chains) as Name[];
  const turns = Object.fromEntries(names.map((name) => [name, [] as Turn[]])) as Record<Name, Turn[]>;
  const racing = Object.fromEntries(
    names.map((name) => [name, async () => turns[name].push(await chains[name]())]),
  ) as Record<Name, () => Promise<number>>;
  await interleaved(racing, rounds);
  // The first of each was to warm up.
  return Object.fromEntries(names.map((name) => [name, turns[name].slice(1)])) as Record<Name, Turn[]>;
};

const of = (turns: readonly Turn[], what: 'perSecond' | 'p50Us' | 'p99Us'): readonly number[] =>
  turns.map((turn) => turn[what]);

const figuresIn = (turns: readonly Turn[], what: 'perSecond' | 'p50Us' | 'p99Us'): Figures =>
  figuresOf(of(turns, what));

const BOTH_UP =
  'both chains stay up: what the engine does while it is idle falls into the turns of the raw chain, too, and into its CPU of nats and postgres';

/** What each process took for one command. */
const cpuParts = (name: string, turns: readonly Turn[]): Parts =>
  Object.fromEntries(
    Object.keys(turns[0]?.cpuUs ?? {}).map((who) => [
      `${name}, CPU of ${who} a command`,
      { figures: figuresOf(turns.map(({ cpuUs }) => cpuUs[who] ?? NaN)), unit: 'us' },
    ]),
  );

/** p50, p99 and CPU of both. */
export const latencyParts = (engine: readonly Turn[], raw: readonly Turn[]): Parts => ({
  'engine p50': { figures: figuresIn(engine, 'p50Us'), unit: 'us' },
  'raw chain p50': { figures: figuresIn(raw, 'p50Us'), unit: 'us' },
  'engine p99': { figures: figuresIn(engine, 'p99Us'), unit: 'us' },
  'raw chain p99': { figures: figuresIn(raw, 'p99Us'), unit: 'us' },
  ...cpuParts('engine', engine),
  ...cpuParts('raw chain', raw),
});

/** One chain at one number of sessions. */
interface Run {
  readonly chain: 'engine' | 'raw chain';
  readonly sessions: number;
  readonly turns: readonly Turn[];
}

const raceAt = async (
  { engine, raw, grow }: Stage,
  sessions: number,
  { rounds, roundMs }: Pick<Context, 'rounds' | 'roundMs'>,
): Promise<readonly Run[]> => {
  await grow(sessions);
  const chains = {
    engine: () => engine.closed(sessions, roundMs),
    'raw chain': () => raw.closed(sessions, roundMs),
  };
  const raced = await race(chains, rounds);
  return [
    { chain: 'engine', sessions, turns: raced.engine },
    { chain: 'raw chain', sessions, turns: raced['raw chain'] },
  ];
};

const best = (runs: readonly Run[]): Run => {
  const [fastest] = runs.toSorted(
    (a, b) => figuresIn(b.turns, 'perSecond').median - figuresIn(a.turns, 'perSecond').median,
  );
  if (fastest === undefined) throw new Error('nothing was run');
  return fastest;
};

const inWords = ({ chain, sessions }: Run): string => `${chain} at ${sessions} sessions`;

const saturatedRow = (announced: Announced, runs: readonly Run[]): Row => {
  const engine = best(runs.filter(({ chain }) => chain === 'engine'));
  const raw = best(runs.filter(({ chain }) => chain === 'raw chain'));
  return {
    ...announced,
    figures: ratioOf(of(engine.turns, 'perSecond'), of(raw.turns, 'perSecond')),
    parts: {
      [inWords(engine)]: { figures: figuresIn(engine.turns, 'perSecond'), unit: '/s' },
      [inWords(raw)]: { figures: figuresIn(raw.turns, 'perSecond'), unit: '/s' },
      ...cpuParts('engine', engine.turns),
      ...cpuParts('raw chain', raw.turns),
    },
    note: `the engine also fills the durable feed (JetStream), which the raw chain has not; its CPU is counted; ${BOTH_UP}`,
  };
};

const curveOf = (runs: readonly Run[]): Curve => {
  const chains = [...new Set(runs.map(({ chain }) => chain))];
  const points = (name: string) =>
    runs
      .filter(({ chain }) => chain === name)
      .map(({ sessions, turns }) => [sessions, figuresIn(turns, 'perSecond').median] as const);
  return {
    plot: 'commands-over-sessions',
    title: 'Commands answered a second',
    x: 'sessions that work at once',
    y: 'commands a second',
    series: Object.fromEntries(chains.map((name) => [name, points(name)])),
    logX: true,
  };
};

const turnsOf = (runs: readonly Run[], wanted: Run['chain']): readonly Turn[] =>
  runs.find(({ chain }) => chain === wanted)?.turns ?? [];

const p50Row = (sessions: number, runs: readonly Run[], hops: Parts): Row => {
  const [engine, raw] = [turnsOf(runs, 'engine'), turnsOf(runs, 'raw chain')];
  return {
    ...ANNOUNCED.p50(sessions),
    figures: ratioOf(of(engine, 'p50Us'), of(raw, 'p50Us')),
    parts: { ...latencyParts(engine, raw), ...hops },
    note: BOTH_UP,
  };
};

const WARM_SESSIONS = 64;
const WARM_TURNS = 5;

/** One agent alone gives few commands: by then all code that they take has been compiled, as in a process that runs for days. */
const warmUp = async (
  { engine, raw, grow }: Stage,
  { sessions, roundMs, progress }: Context,
): Promise<void> => {
  const some = Math.min(WARM_SESSIONS, Math.max(...sessions));
  progress(`${some} sessions to warm up`);
  await grow(some);
  await engine.closed(some, WARM_TURNS * roundMs);
  await raw.closed(some, WARM_TURNS * roundMs);
};

/** Gives the rows of the closed loop; returns the most commands a second that the engine answered, and with how many sessions. */
export const closedLoops = async (
  stage: Stage,
  context: Context,
): Promise<{ readonly perSecond: number; readonly sessions: number }> => {
  const runs: Run[] = [];
  await warmUp(stage, context);
  for (const sessions of context.sessions) {
    context.progress(`${sessions} session${sessions === 1 ? '' : 's'}, closed loop`);
    const raced = await raceAt(stage, sessions, context);
    runs.push(...raced);
    if (sessions === 1) context.give({ rows: [p50Row(1, raced, await hopParts(stage.servers, context))] });
    if (sessions === 64) context.give({ rows: [p50Row(64, raced, {})] });
  }
  context.give({ rows: [saturatedRow(ANNOUNCED.saturated, runs)], curves: [curveOf(runs)] });
  const fastest = best(runs.filter(({ chain }) => chain === 'engine'));
  return { perSecond: figuresIn(fastest.turns, 'perSecond').median, sessions: fastest.sessions };
};

/** The same with another engine, at so many sessions alone. */
export const saturatedAt = async (
  stage: Stage,
  sessions: number,
  context: Context,
  announced: Announced,
): Promise<Row> => saturatedRow(announced, await raceAt(stage, sessions, context));
