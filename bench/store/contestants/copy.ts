import { finished } from 'node:stream/promises';
import { type EventRecord } from '@cordboard/event-store';
import { Client } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { EVENT_COLUMNS } from '../event-columns.ts';
import { batchByBatch, type Contestant } from './contestant.ts';
import { eventsStored } from './events-stored.ts';
import { freshLane } from './fresh-lane.ts';

const COPY = `COPY events (${EVENT_COLUMNS.map(([name]) => name).join(', ')}) FROM STDIN`;

/** The one character of JSON and of our names that the text format reads as something else. */
const escaped = (text: string): string => (text.includes('\\') ? text.replaceAll('\\', '\\\\') : text);
const bytes = (value: Buffer): string => `\\\\x${value.toString('hex')}`;

// In one piece: a floor has no loop over columns.
const lineOf = (record: EventRecord, [lane, wpos]: readonly [number, number]): string => {
  const { sessionId, seq, epoch, tenant, type, version, target, name, pii, keyId } = record;
  const at = new Date(record.at).toISOString();
  const data = escaped(JSON.stringify(record.data));
  const meta = escaped(JSON.stringify(record.meta));
  const head = `${lane}\t${wpos}\t${sessionId}\t${seq}\t${epoch}\t${tenant}\t${type}\t${version}\t${target}\t${at}`;
  const sealed = `${pii === null ? '\\N' : bytes(pii)}\t${keyId ?? '\\N'}`;
  return `${head}\t${name ?? '\\N'}\t${data}\t${sealed}\t${meta}\t${bytes(record.hash)}\n`;
};

/** `COPY` of batches of so many rows into the log, each a transaction, on one connection. */
export const openCopy = async (url: string, batchRows: number): Promise<Contestant> => {
  const client = new Client({ connectionString: url });
  await client.connect();
  const counting = await eventsStored(url);
  const lane = freshLane();
  const encode = (records: readonly EventRecord[]): string =>
    records.map((record) => lineOf(record, lane.place())).join('');
  return {
    write: batchByBatch(batchRows, encode, (lines) => {
      const stream = client.query(copyFrom(COPY));
      const handed = new Promise((resolve) => stream.write(lines, resolve));
      stream.end();
      return { handed, stored: finished(stream) };
    }),
    stored: counting.stored,
    close: async () => {
      await Promise.all([client.end(), counting.close()]);
    },
  };
};
