import { figuresInWords, withUnit } from './numbers.ts';
import { type Run, rowsOf } from './run.ts';
import { type Row } from './row.ts';
import { tally } from './table.ts';
import { keyOf, verdictOf } from './verdict.ts';

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
const line = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`;

const table = (heads: readonly string[], rows: readonly (readonly string[])[]): readonly string[] => [
  line(heads),
  line(heads.map(() => '---')),
  ...rows.map(line),
];

const aim = (value: number | undefined, unit: string): string =>
  value === undefined ? '' : withUnit(value, unit);

const rowCells = (row: Row): readonly string[] => [
  row.title,
  row.disk ?? '',
  row.figures === null ? `not run: ${row.why ?? ''}` : figuresInWords(row.figures, row.unit),
  aim(row.target, row.unit),
  aim(row.stretch, row.unit),
  row.figures === null ? '' : verdictOf(row).replace('-', ''),
  `\`${keyOf(row)}\``,
];

/** The table alone, as the README shows it. */
export const markdownTable = (rows: readonly Row[]): string =>
  [
    ...table(
      ['what', 'disk', 'median (half of the rounds)', 'target', 'stretch', '', 'row'],
      rows.map(rowCells),
    ),
    '',
    `${tally(rows)}.`,
  ].join('\n');

const partCells = (row: Row): readonly (readonly string[])[] =>
  Object.entries(row.parts ?? {}).map(([name, { figures, unit }]) => [
    `\`${keyOf(row)}\``,
    name,
    figuresInWords(figures, unit),
  ]);

const facts = ({ machine, fdatasyncMs, mode, date, seconds }: Run): readonly string[] => [
  `${mode} run of ${date}, ${(seconds / 60).toFixed(1)} minutes in all.`,
  '',
  ...table(
    ['where', ''],
    [
      ['processor', `${machine.cpu}, ${machine.cores} cores`],
      ['memory', withUnit(machine.memoryGiB, 'GiB')],
      ['system', machine.system],
      ['a page to the disk (fdatasync)', figuresInWords(fdatasyncMs, 'ms')],
      ...Object.entries(machine.versions),
    ],
  ),
];

const notesOf = ({ groups }: Run): readonly string[] => [
  ...groups.flatMap(({ name, failure }) => (failure === null ? [] : [`- ${name} ended early: ${failure}`])),
  ...rowsOf({ groups }).flatMap((row) =>
    row.note === undefined ? [] : [`- \`${keyOf(row)}\`: ${row.note}`],
  ),
  // As they are in the terminal: some are tables of their own.
  ...groups.flatMap(({ name, notes }) =>
    notes.length === 0 ? [] : ['', `### ${name}`, '', '```text', ...notes, '```'],
  ),
];

/** A whole run as `bench/results/<mode>.md`. `plots` are the names of the files beside it. */
export const markdownOf = (run: Run, plots: readonly string[]): string =>
  [
    `# Bench, ${run.mode} run`,
    '',
    'Written by `npm run bench`; how to read it is in [bench/README.md](../README.md).',
    '',
    ...facts(run),
    '',
    '## Rows',
    '',
    markdownTable(rowsOf(run)),
    '',
    '## What they are made of',
    '',
    ...table(['row', 'part', 'median (half of the rounds)'], rowsOf(run).flatMap(partCells)),
    '',
    ...(notesOf(run).length === 0 ? [] : ['## Notes', '', ...notesOf(run), '']),
    ...plots.flatMap((plot) => [`![${plot}](${plot})`, '']),
  ].join('\n');
