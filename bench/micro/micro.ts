import { type Announced, type Group } from '../harness/context.ts';
import { type Figures, figuresOf, inWords } from '../harness/figures.ts';
import { type Found, type Mode } from '../harness/row.ts';
import { wholeCommand } from './whole-command.ts';
import { wireCosts, type WireCostOptions } from './wire-cost.ts';

interface MicroOptions extends WireCostOptions {
  /** Commands sent through the whole system. */
  readonly commands: number;
}

const SIZES: Readonly<Record<Mode, MicroOptions>> = {
  quick: { rounds: 30, repeats: 50, commands: 100 },
  full: { rounds: 50, repeats: 100, commands: 400 },
  long: { rounds: 100, repeats: 100, commands: 2_000 },
};

const ROWS = {
  cost: {
    id: 'validation/us',
    title: 'a command read and checked in edge and owner and brought into the domain',
    unit: 'us',
    better: 'lower',
    target: 60,
  },
  share: {
    id: 'validation/share',
    title: 'that / the whole command, sent to answered',
    unit: 'x',
    better: 'lower',
  },
} as const satisfies Record<string, Announced>;

const inUs = (figures: Figures) => ({ figures, unit: 'us' });

/** Every command of the catalogue, the dearest first. */
const table = (costs: ReadonlyMap<string, Figures>): readonly string[] => [
  'edge and owner together read, check and translate a command in us (a quarter below, a quarter above):',
  ...[...costs]
    .toSorted(([, a], [, b]) => b.median - a.median)
    .map(([command, figures]) => `  ${command.padEnd(46)} ${inWords(figures)}`),
];

/** The share that checking and translating has in a command. */
const measureMicro = async (options: MicroOptions): Promise<Found> => {
  const costs = wireCosts(options);
  const { command, floors } = await wholeCommand(options);
  const cost = figuresOf([...costs.values()].map(({ median }) => median));
  const alone = Object.entries(floors).map(([name, figures]) => [name, inUs(figures)] as const);
  return {
    rows: [
      { ...ROWS.cost, figures: cost, note: `over the medians of all ${costs.size} commands` },
      {
        ...ROWS.share,
        figures: figuresOf([cost.median / command.median]),
        parts: { 'whole command': inUs(command), ...Object.fromEntries(alone) },
        note: 'one agent, one command at a time; the database of this row does not wait for its disk',
      },
    ],
    notes: table(costs),
  };
};

export const micro: Group = {
  name: 'micro',
  says: 'what checking and translating takes of a command',
  rows: Object.values(ROWS),
  run: ({ mode }) => measureMicro(SIZES[mode]),
};
