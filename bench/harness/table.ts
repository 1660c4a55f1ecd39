import { figuresInWords, withUnit } from './numbers.ts';
import { type GroupRun } from './run.ts';
import { type Row } from './row.ts';
import { keyOf, verdictOf } from './verdict.ts';

const aims = ({ target, stretch, unit }: Row): string =>
  [target, stretch].flatMap((aim) => (aim === undefined ? [] : withUnit(aim, unit))).join(' | ');

const said = (row: Row): string => {
  if (row.figures === null) return `not run: ${row.why ?? 'no reason given'}`;
  const verdict = verdictOf(row);
  const aim = aims(row);
  return [
    figuresInWords(row.figures, row.unit),
    aim === '' ? '' : `aim ${aim}`,
    verdict === '-' ? '' : verdict,
  ]
    .filter((part) => part !== '')
    .join('   ');
};

const partsOf = ({ parts = {}, note }: Row): readonly string[] => [
  ...Object.entries(parts).map(([name, { figures, unit }]) => `${name}: ${figuresInWords(figures, unit)}`),
  ...(note === undefined ? [] : [note]),
];

const linesOf = (row: Row): readonly string[] => [
  `${keyOf(row).padEnd(34)} ${said(row)}`,
  `  ${row.title}`,
  ...partsOf(row).map((part) => `    ${part}`),
];

/** What a group found, for the terminal. */
export const tableOf = ({ name, seconds, rows, notes, failure }: GroupRun): string =>
  [
    `${name}, ${seconds.toFixed(0)} s${failure === null ? '' : `: ${failure}`}`,
    ...rows.flatMap(linesOf).map((line) => `  ${line}`),
    ...notes.map((line) => `  ${line}`),
    '',
  ].join('\n');

/** How many rows reached what they aim at, and how many were not tried. */
export const tally = (rows: readonly Row[]): string => {
  const verdicts = rows.map(verdictOf);
  const many = (...of: readonly string[]): number => verdicts.filter((one) => of.includes(one)).length;
  const untried = rows.filter(({ figures, target }) => figures === null && target !== undefined).length;
  return `targets: ${many('met', 'stretch')} met (${many('stretch')} of them stretched), ${many('MISSED')} missed; ${many('-')} rows without a target, ${many('not run')} not run (${untried} of them with a target)`;
};
