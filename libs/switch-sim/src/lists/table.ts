/** Rows by id, in pages: a change copies the page of one row, however many rows there are. Has no order. */
export type Table<Row> = readonly Readonly<Record<string, Row>>[];

const ROWS_A_PAGE = 16;
const MAX_PAGES = 1_024;

const pageOf = (id: string, pages: number): number => {
  let hash = 0;
  for (let at = 0; at < id.length; at += 1) hash = (Math.imul(hash, 31) + id.charCodeAt(at)) >>> 0;
  return hash % pages;
};

const pagesFor = (size: number): number => Math.min(MAX_PAGES, Math.ceil((size + 1) / ROWS_A_PAGE));

/** A table without rows that will have about `size`. */
export const emptyTable = <Row>(size: number): Table<Row> =>
  Array.from({ length: pagesFor(size) }, () => ({}));

export const rowOf = <Row>(table: Table<Row>, id: string): Row | undefined => {
  const page = table[pageOf(id, table.length)] ?? {};
  return Object.hasOwn(page, id) ? page[id] : undefined;
};

export const rowsOf = <Row>(table: Table<Row>): readonly Row[] =>
  table.flatMap((page) => Object.values(page));

/** The table with this row in the place of the one that had its id, if any. */
export const withRow = <Row extends { readonly id: string }>(table: Table<Row>, row: Row): Table<Row> => {
  const page = pageOf(row.id, table.length);
  return table.with(page, { ...table[page], [row.id]: row });
};

export const withoutRow = <Row>(table: Table<Row>, id: string): Table<Row> => {
  const page = pageOf(id, table.length);
  const kept = Object.entries(table[page] ?? {}).filter(([other]) => other !== id);
  return table.with(page, Object.fromEntries(kept));
};

/** A table of these rows. */
export const tableOf = <Row extends { readonly id: string }>(rows: readonly Row[]): Table<Row> => {
  const pages: Record<string, Row>[] = Array.from({ length: pagesFor(rows.length) }, () => ({}));
  for (const row of rows) Object.assign(pages[pageOf(row.id, pages.length)] ?? {}, { [row.id]: row });
  return pages;
};
