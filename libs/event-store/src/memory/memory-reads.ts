import { isJsonObject, type Json } from '@cordboard/kernel';
import {
  type OpenSession,
  type Orphan,
  type ReadRange,
  type SessionOverview,
  type WireRange,
} from '../event-store.ts';
import { type StreamTail } from '../stream-tail.ts';
import { type DataKeyRecord, type StoredEvent, type WireRow } from '../record.ts';
import { type MemoryLog } from './memory-log.ts';

export const isOpen = (log: MemoryLog, sessionId: string): OpenSession | undefined =>
  [...log.open.values()].find((open) => open.sessionId === sessionId);

export const keysOf = (log: MemoryLog, sessionId: string): readonly DataKeyRecord[] =>
  [...log.keys.values()].filter((key) => key.sessionId === sessionId);

const ROW_BYTES = 256;
const ROWS_WITHIN_BYTES = 500;

const bytesOf = ({ data, meta, pii }: StoredEvent): number =>
  ROW_BYTES + Buffer.byteLength(JSON.stringify({ data, meta })) + (pii?.length ?? 0);

/** As many of these as fit into so many bytes, but one at least. */
export const within = (rows: readonly StoredEvent[], maxBytes: number): readonly StoredEvent[] => {
  let bytes = 0;
  const end = rows.findIndex((row, index) => (bytes += bytesOf(row)) > maxBytes && index > 0);
  return rows.slice(0, Math.min(end < 0 ? rows.length : end, ROWS_WITHIN_BYTES));
};

export const readFrom = (log: MemoryLog, sessionId: string, range: ReadRange): readonly StoredEvent[] => {
  const { after = 0, upTo = Infinity, limit } = range;
  return (log.streams.get(sessionId) ?? []).filter(({ seq }) => seq > after && seq <= upTo).slice(0, limit);
};

const wireRowOf = ({ meta, ...row }: StoredEvent): WireRow => {
  const { seq, tenant, type, target, at, name, pii, keyId } = row;
  const data = JSON.stringify(row.data);
  return {
    seq,
    tenant,
    type,
    target,
    at,
    name: name ?? '',
    data,
    pii,
    keyId,
    previous: meta.previous ?? null,
  };
};

export const readWireFrom = (log: MemoryLog, sessionId: string, range: WireRange): readonly WireRow[] => {
  const { limit, maxBytes, ...between } = range;
  const rows = readFrom(log, sessionId, between).filter(({ name }) => name !== null);
  return within(rows.slice(0, limit), maxBytes).map(wireRowOf);
};

export const tailOf = (log: MemoryLog, sessionId: string): StreamTail | null => {
  const stream = log.streams.get(sessionId) ?? [];
  const last = stream.at(-1);
  if (last === undefined) return null;
  const { tenant, seq, epoch } = last;
  const version = Math.max(...stream.map((row) => row.version));
  return { tenant, seq, epoch, version, closed: isOpen(log, sessionId) === undefined };
};

const textOf = (value: Json | undefined): string | null => (typeof value === 'string' ? value : null);

const overviewOf = (log: MemoryLog, sessionId: string, stream: readonly StoredEvent[]): SessionOverview => {
  const { processor, agent } = stream[0]?.data ?? {};
  return {
    sessionId,
    tenant: stream[0]?.tenant ?? '',
    processor: textOf(processor),
    agentId: isJsonObject(agent) ? textOf(agent['id']) : null,
    open: isOpen(log, sessionId) !== undefined,
    startedAt: stream[0]?.at ?? 0,
    lastAt: stream.at(-1)?.at ?? 0,
    events: stream.length,
  };
};

const openFirst = (one: SessionOverview, other: SessionOverview): number => {
  if (one.open !== other.open) return one.open ? -1 : 1;
  return one.sessionId < other.sessionId ? 1 : -1;
};

export const overviewsOf = (
  log: MemoryLog,
  { tenant, limit }: { readonly tenant?: string | undefined; readonly limit: number },
): readonly SessionOverview[] =>
  [...log.streams]
    .map(([sessionId, stream]) => overviewOf(log, sessionId, stream))
    .filter((overview) => tenant === undefined || overview.tenant === tenant)
    .sort(openFirst)
    .slice(0, limit);

export const orphansOf = (log: MemoryLog, beatenSince: number, reads: number): readonly Orphan[] =>
  [...log.open.values()]
    .flatMap((open) => {
      const claim = log.streams.get(open.sessionId)?.findLast(({ type }) => type === 'OwnershipClaimed');
      const owner = claim?.data['worker'];
      const beatAt = typeof owner === 'string' ? log.workers.get(owner) : undefined;
      const lives = beatAt !== undefined && beatAt >= beatenSince;
      const newer = log.streams.get(open.sessionId)?.some(({ version }) => version > reads);
      return lives || newer === true ? [] : [{ ...open, epoch: claim?.epoch ?? null }];
    })
    .sort((one, other) => (one.sessionId < other.sessionId ? -1 : 1));
