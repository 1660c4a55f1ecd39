import { type Context } from '../harness/context.ts';
import { figuresOf } from '../harness/figures.ts';
import { ratioOf } from '../harness/rounds.ts';
import { type Curve, type Row } from '../harness/row.ts';
import { ANNOUNCED, LOADS, QUICK_LOADS } from './announced.ts';
import { latencyParts, race } from './closed.ts';
import { type Stage } from './stage.ts';
import { type Turn } from './turn.ts';

type Raced = Readonly<Record<'engine' | 'raw', readonly Turn[]>>;

const of = (turns: readonly Turn[], what: 'p50Us' | 'p99Us'): readonly number[] =>
  turns.map((turn) => turn[what]);

const rowsOf = (load: number, perSecond: number, { engine, raw }: Raced): readonly Row[] => {
  const lost = [...engine, ...raw].reduce((sum, { notStarted }) => sum + notStarted, 0);
  const note = `${Math.round(perSecond)} commands/s on both${lost === 0 ? '' : `; ${lost} were not begun`}`;
  return [
    {
      ...ANNOUNCED.open(load),
      figures: ratioOf(of(engine, 'p50Us'), of(raw, 'p50Us')),
      parts: latencyParts(engine, raw),
      note,
    },
    {
      ...ANNOUNCED.openTail(load),
      figures: ratioOf(of(engine, 'p99Us'), of(raw, 'p99Us')),
      note,
    },
  ];
};

const SERIES = [
  ['engine p50', 'engine', 'p50Us'],
  ['engine p99', 'engine', 'p99Us'],
  ['raw chain p50', 'raw', 'p50Us'],
  ['raw chain p99', 'raw', 'p99Us'],
] as const;

/** Both chains under the same number of commands a second: shares of what the engine can answer. */
export const openLoops = async (
  { engine, raw }: Stage,
  most: { readonly perSecond: number; readonly sessions: number },
  context: Context,
): Promise<void> => {
  const { rounds, roundMs, mode } = context;
  const points = new Map<string, (readonly [number, number])[]>(SERIES.map(([name]) => [name, []]));
  for (const load of mode === 'quick' ? QUICK_LOADS : LOADS) {
    context.progress(`open loop at ${load} %`);
    const perSecond = (most.perSecond * load) / 100;
    const { sessions } = most;
    const raced = await race(
      {
        engine: () => engine.open(sessions, perSecond, roundMs),
        raw: () => raw.open(sessions, perSecond, roundMs),
      },
      rounds,
    );
    context.give({ rows: rowsOf(load, perSecond, raced) });
    for (const [name, chain, what] of SERIES)
      points.get(name)?.push([perSecond, figuresOf(of(raced[chain], what)).median / 1_000]);
  }
  if (mode === 'quick') return;
  const curve: Curve = {
    plot: 'latency-over-load',
    title: 'Latency of a command, from the moment it was due',
    x: 'commands a second',
    y: 'ms',
    series: Object.fromEntries(points),
  };
  context.give({ rows: [], curves: [curve] });
};
