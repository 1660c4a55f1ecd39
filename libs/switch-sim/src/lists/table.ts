/** Rows by id, in pages: a change copies the page of one row, however many rows there are. Has no order. */
export type Table<Row> = readonly Readonly<Record<string, Row>>[];

const PAGES = 512;

const pageOf = (id: string): number => {
  let hash = 0;
  for (let at = 0; at < id.length; at += 1) hash = (Math.imul(hash, 31) + id.charCodeAt(at)) >>> 0;
  return hash % PAGES;
};

export const emptyTable = <Row>(): Table<Row> => Array.from({ length: PAGES }, () => ({}));

export const rowOf = <Row>(table: Table<Row>, id: string): Row | undefined => {
  const page = table[pageOf(id)] ?? {};
  return Object.hasOwn(page, id) ? page[id] : undefined;
};

export const rowsOf = <Row>(table: Table<Row>): readonly Row[] =>
  table.flatMap((page) => Object.values(page));

/** The table with this row in the place of the one that had its id, if any. */
export const withRow = <Row extends { readonly id: string }>(table: Table<Row>, row: Row): Table<Row> => {
  const page = pageOf(row.id);
  return table.with(page, { ...table[page], [row.id]: row });
};

export const withoutRow = <Row>(table: Table<Row>, id: string): Table<Row> => {
  const page = pageOf(id);
  const kept = Object.entries(table[page] ?? {}).filter(([other]) => other !== id);
  return table.with(page, Object.fromEntries(kept));
};

/** A table of these rows. */
export const tableOf = <Row extends { readonly id: string }>(rows: readonly Row[]): Table<Row> => {
  const pages: Record<string, Row>[] = Array.from({ length: PAGES }, () => ({}));
  for (const row of rows) Object.assign(pages[pageOf(row.id)] ?? {}, { [row.id]: row });
  return pages;
};
