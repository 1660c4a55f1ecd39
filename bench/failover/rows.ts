import { type Announced } from '../harness/context.ts';
import { type Figures, figuresOf } from '../harness/figures.ts';
import { type Found, notRun, type Row } from '../harness/row.ts';
import { type Phase, type Phases } from './phases.ts';
import { type Waits } from './waves.ts';

const LARGE = 10_000;

export const ROWS = {
  small: {
    id: 'failover/last1k',
    title: 'kill -9 of the only owner of 1,000 sessions, to the answer of the last of them',
    unit: 's',
    better: 'lower',
  },
  large: {
    id: 'failover/last10k',
    title: 'kill -9 of the only owner of 10,000 sessions, to the answer of the last of them',
    unit: 's',
    better: 'lower',
    target: 1,
    stretch: 0.5,
  },
  spread: {
    id: 'failover/spread',
    title: 'the longest wait when 10,000 sessions are asked evenly over a second after it',
    unit: 'ms',
    better: 'lower',
    target: 300,
  },
  hung: {
    id: 'failover/hung',
    title: 'the owner hangs (stopped process), to the answer from elsewhere',
    unit: 's',
    better: 'lower',
    target: 0.5,
    stretch: 0.3,
  },
} as const satisfies Record<string, Announced>;

const NOT_HERE = 'only in the full run';

const at = (waits: Waits, share: number): number => {
  const sorted = waits.toSorted((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) * share)] ?? NaN;
};

/** The longest wait of a phase, pass by pass, in ms. */
const lastOf = (passes: readonly Phases[], phase: Phase): readonly number[] =>
  passes.flatMap((pass) => (pass[phase] === undefined ? [] : [at(pass[phase], 1)]));

/** The better of both ways to ask, which depends on the machine, pass by pass; in s. */
const lastAnswers = (passes: readonly Phases[]): Figures => {
  const [atOnce, few] = [
    lastOf(passes, 'killed, all asked at once'),
    lastOf(passes, 'killed, 1,000 asked at a time'),
  ];
  return figuresOf(atOnce.map((last, index) => Math.min(last, few[index] ?? Infinity) / 1_000));
};

const partsOf = (passes: readonly Phases[]): NonNullable<Row['parts']> => {
  const phases = Object.keys(passes[0] ?? {}) as Phase[];
  return Object.fromEntries(
    phases.map((phase) => [`${phase}: last`, { figures: figuresOf(lastOf(passes, phase)), unit: 'ms' }]),
  );
};

const inWords = ([phase, waits]: readonly [string, Waits]): string => {
  const [median, p99, last] = [0.5, 0.99, 1].map((share) => `${at(waits, share).toFixed(0)} ms`);
  return `${phase}: median ${median}, p99 ${p99}, last ${last}`;
};

/** The rows of all passes; those that need 10,000 sessions or phases that were left out are not run. */
export const rowsOf = (passes: readonly Phases[], sessions: number, note: string): Found => {
  const killed = { figures: lastAnswers(passes), parts: partsOf(passes), note };
  const spread = lastOf(passes, 'killed, asked evenly over a second');
  const hung = figuresOf(lastOf(passes, 'stopped').map((last) => last / 1_000));
  return {
    rows: [
      ...(sessions < LARGE
        ? [{ ...ROWS.small, ...killed }, notRun(ROWS.large, NOT_HERE)]
        : [{ ...ROWS.large, ...killed }, notRun(ROWS.small, 'only in the quick run')]),
      spread.length === 0 ? notRun(ROWS.spread, NOT_HERE) : { ...ROWS.spread, figures: figuresOf(spread) },
      { ...ROWS.hung, figures: hung },
    ],
    notes: Object.entries(passes[0] ?? {}).map(inWords),
  };
};
