import { type EventStore, type ReadRange } from '../../event-store.ts';
import { type StoredEvent } from '../../record.ts';
import { storedEvent, type StoredRow } from '../stored-row.ts';
import { type Group } from './group.ts';
import { PAGE_ROWS, type RowsCall } from './rows-statement.ts';

type Page = readonly StoredEvent[];

const PLACE = 16;

/** Gives each call its rows. */
export const pagesOf = (calls: readonly RowsCall[], rows: readonly StoredRow[]): readonly Page[] => {
  const pages: StoredEvent[][] = calls.map(() => []);
  for (const row of rows) pages[Number(row[PLACE]) - 1]?.push(storedEvent(row));
  return pages;
};

/** A range of a session, page by page; what was stored meanwhile may come with the last one. */
export const createReadRows =
  (group: Group<RowsCall, Page>): EventStore['read'] =>
  async (sessionId, range: ReadRange = {}) => {
    const { limit = Infinity } = range;
    const rows: StoredEvent[] = [];
    for (;;) {
      const last = rows.at(-1)?.seq ?? range.after;
      const page = await group.call({
        sessionId,
        range: { ...range, after: last, limit: limit - rows.length },
      });
      rows.push(...page);
      if (page.length < PAGE_ROWS || rows.length >= limit) return rows;
    }
  };
