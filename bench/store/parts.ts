import { type Figures, figuresOf } from '../harness/figures.ts';
import { ratioOf } from '../harness/rounds.ts';
import { type Row } from '../harness/row.ts';
import { throughputs, type Turn } from './turns.ts';

type Parts = NonNullable<Row['parts']>;

const cpu = (turns: readonly Turn[], who: 'node' | 'postgres'): Figures | null => {
  const known = turns.map(({ cpuUsAnEvent }) => cpuUsAnEvent[who]).filter((us) => us !== undefined);
  return known.length === 0 ? null : figuresOf(known);
};

/** Events a second of one contestant, and the CPU time of each. */
export const partsOf = (name: string, turns: readonly Turn[]): Parts => {
  const costs = (['node', 'postgres'] as const).flatMap((who) => {
    const figures = cpu(turns, who);
    return figures === null ? [] : [[`${name}, CPU of ${who} an event`, { figures, unit: 'us' }] as const];
  });
  return {
    [`${name}, events`]: { figures: figuresOf(throughputs(turns)), unit: '/s' },
    ...Object.fromEntries(costs),
  };
};

/** How many times as fast the engine was, round by round. */
export const engineAgainst = (
  announced: Omit<Row, 'figures' | 'why'>,
  engine: readonly Turn[],
  other: { readonly name: string; readonly turns: readonly Turn[]; readonly note?: string },
): Row => ({
  ...announced,
  figures: ratioOf(throughputs(engine), throughputs(other.turns)),
  parts: { ...partsOf('engine', engine), ...partsOf(other.name, other.turns) },
  ...(other.note === undefined ? {} : { note: other.note }),
});
