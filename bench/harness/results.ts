import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Baseline } from './baseline.ts';
import { markdownOf, markdownTable } from './markdown.ts';
import { type Run, rowsOf } from './run.ts';
import { svgOf } from './svg.ts';

const asJson = (what: object): string => `${JSON.stringify(what, null, 2)}\n`;

const readJson = (file: string): unknown =>
  existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null;

export const readBaseline = (folder: string): Baseline | null =>
  readJson(join(folder, 'baseline.json')) as Baseline | null;

export const writeBaseline = (folder: string, baseline: Baseline): void =>
  writeFileSync(join(folder, 'baseline.json'), asJson(baseline));

/** The last run of that mode; null when there was none. */
export const readRun = (folder: string, mode: Run['mode']): Run | null =>
  readJson(join(folder, 'results', `${mode}.json`)) as Run | null;

const BEGIN = '<!-- table: begin -->';
const END = '<!-- table: end -->';

/** The text with a table between the two comments that mark its place; unchanged when they are missing. */
export const withTable = (text: string, table: string): string => {
  const [begin, end] = [text.indexOf(BEGIN), text.indexOf(END)];
  if (begin < 0 || end < begin) return text;
  return `${text.slice(0, begin + BEGIN.length)}\n\n${table}\n\n${text.slice(end)}`;
};

/** Writes `results/<mode>.md`, `.json` and the plots; the README shows the table of a full run. */
export const writeRun = (folder: string, run: Run): void => {
  const { mode } = run;
  const results = join(folder, 'results');
  mkdirSync(results, { recursive: true });
  const curves = run.groups.flatMap((group) => group.curves);
  const plotOf = (plot: string): string => `${mode}-${plot}.svg`;
  const old = readdirSync(results).filter((file) => file.startsWith(`${mode}-`) && file.endsWith('.svg'));
  for (const plot of old) rmSync(join(results, plot));
  for (const curve of curves) writeFileSync(join(results, plotOf(curve.plot)), svgOf(curve));
  writeFileSync(join(results, `${mode}.json`), asJson(run));
  writeFileSync(
    join(results, `${mode}.md`),
    markdownOf(
      run,
      curves.map(({ plot }) => plotOf(plot)),
    ),
  );
  const readme = join(folder, 'README.md');
  if (mode === 'full' && existsSync(readme)) {
    const text = readFileSync(readme, 'utf8');
    writeFileSync(readme, withTable(text, markdownTable(rowsOf(run))));
  }
};
