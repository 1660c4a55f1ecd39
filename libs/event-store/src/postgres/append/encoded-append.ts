import { type Append } from '../../event-store.ts';
import { type EventRecord } from '../../record.ts';

/** A record with its JSON columns written out. */
export interface EncodedRow {
  readonly record: EventRecord;
  readonly data: string;
  readonly meta: string;
}

/** An append ready to be sent, so that a batch is put together without further work. */
export interface EncodedAppend {
  readonly append: Append;
  readonly sessionId: string;
  readonly rows: readonly EncodedRow[];
  readonly bytes: number;
}

/** Room for the columns of fixed or short length. */
const ROW_BYTES = 256;

const encodeRow = (record: EventRecord): EncodedRow => ({
  record,
  data: JSON.stringify(record.data),
  meta: JSON.stringify(record.meta),
});

const bytesOf = ({ record, data, meta }: EncodedRow): number =>
  ROW_BYTES + Buffer.byteLength(data) + Buffer.byteLength(meta) + (record.pii?.length ?? 0);

/** Throws when a value has no JSON form. */
export const encodeAppend = (append: Append): EncodedAppend => {
  const rows = append.records.map(encodeRow);
  return {
    append,
    sessionId: append.sessionId,
    rows,
    bytes: rows.reduce((sum, row) => sum + bytesOf(row), 0),
  };
};
