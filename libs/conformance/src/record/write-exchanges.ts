import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Report } from '../run/report.ts';
import { pageOf } from './page.ts';

/** One page for each command that succeeded in the run: file name to text, the same for every run. */
export const exchangePages = ({ exchanges }: Report): ReadonlyMap<string, string> =>
  new Map(
    [...exchanges]
      .sort((a, b) => a.command.localeCompare(b.command))
      .map((exchange) => [`${exchange.command}.md`, pageOf(exchange)]),
  );

/** Writes the pages into a folder, made when it is not there; gives how many there are. */
export const writeExchanges = (report: Report, folder: string): number => {
  const pages = exchangePages(report);
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of pages) writeFileSync(join(folder, name), text);
  return pages.size;
};
