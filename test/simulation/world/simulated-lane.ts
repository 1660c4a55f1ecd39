import { type EncodedAppend, type Finding, type Lane, type SqlFailure } from '@cordboard/event-store';
import { err, ok, type Result } from '@cordboard/kernel';
import { type Database } from './database.ts';
import { type Host } from './host.ts';
import { insertBatch } from './insert-batch.ts';

/** The write of a lane at the server; the bugs put faulty ones in its place. */
export type WriteBatch = typeof insertBatch;

const lost = (error: unknown): SqlFailure => ({ kind: 'lost', reason: String(error) });

const answered = async <T>(running: Promise<T>): Promise<Result<T, SqlFailure>> => {
  try {
    return ok(await running);
  } catch (error) {
    return err(lost(error));
  }
};

const findingOf =
  ({ log }: Database) =>
  ({ sessionId, append }: EncodedAppend, index: number): Finding => {
    const first = append.records[0];
    const stream = log.streams.get(sessionId) ?? [];
    const standing = stream.find(({ seq }) => seq === first?.seq);
    const before = stream.find(({ seq }) => seq === (first?.seq ?? 0) - 1);
    const fenced =
      standing !== undefined ||
      ((first?.seq ?? 1) > 1 && first?.follows?.equals(before?.hash ?? Buffer.of()) !== true);
    const { opens } = append;
    const place = opens && JSON.stringify([opens.tenant, opens.processor, opens.agentId]);
    return { index, fenced, holder: (place && log.open.get(place)?.sessionId) || null };
  };

/** A lane of the real appender over the simulated database. */
export const openSimulatedLane = async (
  database: Database,
  host: Host,
  writeBatch: WriteBatch = insertBatch,
): Promise<Lane> => {
  const session = database.connect(host);
  let isLost = false;
  session.onLost(() => (isLost = true));
  const { lanes } = database.log;
  const row = await session.run('open lane', () => {
    const lane = {
      lane: lanes.length + 1,
      openedBy: host.name,
      openedAt: database.now(),
      rows: [],
      closed: false,
      isServed: session.isServed,
    };
    lanes.push(lane);
    return lane;
  });
  let wpos = 0;
  return {
    id: row.lane,
    wpos: () => wpos,
    isLost: () => isLost,
    write: async (appends) => {
      const written = await answered(
        session.run('append', () =>
          row.closed
            ? err<SqlFailure>({ kind: 'lost', reason: 'the lane was closed' })
            : writeBatch(database, row, wpos, appends),
        ),
      );
      const result = written.ok ? written.value : written;
      if (result.ok) wpos += appends.reduce((sum, { rows }) => sum + rows.length, 0);
      return result;
    },
    diagnose: (appends) => answered(session.run('diagnose', () => appends.map(findingOf(database)))),
    abandon: () => session.end(),
    close: async () => {
      await answered(session.run('close lane', () => void (row.closed = true)));
      session.end();
    },
  };
};
