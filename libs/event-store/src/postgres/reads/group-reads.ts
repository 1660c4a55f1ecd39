import { isSessionId } from '@cordboard/kernel';
import { type DataSource } from 'typeorm';
import { type EventStore } from '../../event-store.ts';
import { type DataKeyRecord, type StoredEvent, type WireRow } from '../../record.ts';
import { ask, askArrays } from '../ask.ts';
import { type StoredRow } from '../stored-row.ts';
import { Group } from './group.ts';
import { type Head, type HeadCall, type HeadRow, headsOf, headsStatement } from './heads-statement.ts';
import { keysOf, keysStatement } from './keys-statement.ts';
import { createReadRows, pagesOf } from './read-rows.ts';
import { type RowsCall, rowsStatement, weightOf } from './rows-statement.ts';
import { type ReadWireRow, type WireCall, wirePagesOf, wireStatement } from './wire-statement.ts';

/** The reads that many ask for at once: for owning a session, and for what a browser missed. */
export const createGroupReads = (
  dataSource: DataSource,
  timeoutMs: number,
): Pick<EventStore, 'read' | 'readWire' | 'load' | 'keys'> => {
  const pages = new Group<RowsCall, readonly StoredEvent[]>({
    ask: async (calls) =>
      pagesOf(calls, await askArrays<StoredRow>(dataSource, rowsStatement(calls), timeoutMs)),
    weight: weightOf,
  });
  const wire = new Group<WireCall, readonly WireRow[]>({
    ask: async (calls) =>
      wirePagesOf(calls, await askArrays<ReadWireRow>(dataSource, wireStatement(calls), timeoutMs)),
    weight: weightOf,
  });
  const heads = new Group<HeadCall, Head>({
    ask: async (calls) => headsOf(calls, await ask<HeadRow>(dataSource, headsStatement(calls), timeoutMs)),
    weight: () => 1,
  });
  const keys = new Group<string, readonly DataKeyRecord[]>({
    ask: async (sessions) =>
      keysOf(sessions, await ask<DataKeyRecord>(dataSource, keysStatement(sessions), timeoutMs)),
    weight: () => 1,
  });
  const read = createReadRows(pages);
  return {
    // What is no id of a session would fail the statement for all.
    read: async (sessionId, range) => (isSessionId(sessionId) ? read(sessionId, range) : []),
    readWire: async (sessionId, range) => (isSessionId(sessionId) ? wire.call({ sessionId, range }) : []),
    keys: async (sessionId) => (isSessionId(sessionId) ? keys.call(sessionId) : []),
    // Rows are never changed, so that those up to the tail are of the same moment as the head.
    load: async (sessionId, schema) => {
      if (!isSessionId(sessionId)) return { tail: null, snapshot: null, rows: [], keys: [] };
      const head = await heads.call({ sessionId, schema });
      const after = (head.snapshot?.seq ?? 1) - 1;
      const rows = head.tail === null ? [] : await read(sessionId, { after, upTo: head.tail.seq });
      return { ...head, rows };
    },
  };
};
