import { type Figures, figuresOf, inWords } from '../harness/figures.ts';
import { type Outcome } from '../outcome.ts';
import { wholeCommand, type WholeCommand } from './whole-command.ts';
import { wireCosts, type WireCostOptions } from './wire-cost.ts';

/** What validation, normalisation and translation of a command may cost together, at the median. */
const MOST_MICROSECONDS = 60;

export interface MicroOptions extends WireCostOptions {
  /** Commands sent through the whole system. */
  readonly commands: number;
}

const table = (costs: ReadonlyMap<string, Figures>): readonly string[] =>
  [...costs]
    .toSorted(([, a], [, b]) => b.median - a.median)
    .map(([command, figures]) => `  ${command.padEnd(46)} ${inWords(figures)}`);

const summary = (median: number, { command, floors }: WholeCommand): readonly string[] => [
  `the median over all commands: ${median.toFixed(1)} us, to be under ${MOST_MICROSECONDS}`,
  `the whole command, sent to answered: ${inWords(command)} us; of it ${((100 * median) / command.median).toFixed(1)} %`,
  ...Object.entries(floors).map(([name, figures]) => `  floor: ${name.padEnd(18)} ${inWords(figures)} us`),
];

/** The share that checking and translating has in a command. */
export const micro = async (options: MicroOptions): Promise<Outcome> => {
  const costs = wireCosts(options);
  const whole = await wholeCommand(options);
  const { median } = figuresOf([...costs.values()].map((figures) => figures.median));
  return {
    good: median < MOST_MICROSECONDS,
    lines: [
      'edge and owner together read, check and translate a command in us (a quarter below, a quarter above):',
      ...table(costs),
      ...summary(median, whole),
    ],
    result: {
      limitUs: MOST_MICROSECONDS,
      medianUs: median,
      share: median / whole.command.median,
      commandsUs: Object.fromEntries(costs),
      wholeUs: whole.command,
      floorsUs: whole.floors,
    },
  };
};
