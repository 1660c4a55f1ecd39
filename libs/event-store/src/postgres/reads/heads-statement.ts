import { type StreamTail } from '../../stream-tail.ts';
import { type DataKeyRecord } from '../../record.ts';
import { type Loaded } from '../../snapshot.ts';
import { type Statement } from '../ask.ts';

/** A session to be loaded, and the schema of states that are of use. */
export interface HeadCall {
  readonly sessionId: string;
  readonly schema: string;
}

/** All of a session but its rows. */
export type Head = Omit<Loaded, 'rows'>;

// Versions above 1 have an index of their own, so that the highest is found without reading the stream. Each part
// is a lookup by index for one session at a time, whatever the planner thinks of tables that it has not counted.
const HEADS = `
SELECT a.place::integer, e.tenant, e.seq, e.epoch,
  (SELECT o.session_id FROM open_sessions o WHERE o.session_id = a.session_id) IS NULL AS closed,
  coalesce(
    (SELECT v.version FROM events v WHERE v.session_id = a.session_id AND v.version > 1 ORDER BY v.version DESC LIMIT 1), 1
  )::integer AS version,
  s.tenant AS snapshot_tenant, s.seq AS snapshot_seq, s.body,
  (SELECT json_agg(json_build_array(k.key_id, k.tenant, k.scope, encode(k.wrapped, 'base64')))
    FROM data_keys k WHERE k.session_id = a.session_id) AS keys
FROM unnest($1::uuid[], $2::text[]) WITH ORDINALITY AS a(session_id, schema, place)
CROSS JOIN LATERAL (
  SELECT tenant, seq, epoch FROM events e WHERE e.session_id = a.session_id ORDER BY e.seq DESC LIMIT 1
) e
LEFT JOIN LATERAL (
  SELECT tenant, seq, body FROM snapshots s
  WHERE s.session_id = a.session_id AND s.schema = a.schema AND s.seq <= e.seq LIMIT 1
) s ON true`;

export const headsStatement = (calls: readonly HeadCall[]): Statement => ({
  name: 'load-heads',
  text: HEADS,
  values: [calls.map(({ sessionId }) => sessionId), calls.map(({ schema }) => schema)],
});

/** A row of the statement; a session that is not there has none. */
export interface HeadRow extends StreamTail {
  readonly place: number;
  readonly snapshot_tenant: string | null;
  readonly snapshot_seq: number | null;
  readonly body: Buffer | null;
  readonly keys: readonly (readonly [string, string, string, string | null])[] | null;
}

const NOTHING: Head = { tail: null, snapshot: null, keys: [] };

const keysOf = ({ keys }: HeadRow, sessionId: string): readonly DataKeyRecord[] =>
  (keys ?? []).map(([keyId, tenant, scope, wrapped]) => ({
    keyId,
    tenant,
    sessionId,
    scope,
    wrapped: wrapped === null ? null : Buffer.from(wrapped, 'base64'),
  }));

const headOf = (row: HeadRow, { sessionId, schema }: HeadCall): Head => {
  const { tenant, seq, epoch, closed, version, snapshot_tenant, snapshot_seq, body } = row;
  const hasSnapshot = snapshot_tenant !== null && snapshot_seq !== null && body !== null;
  return {
    tail: { tenant, seq, epoch, closed, version },
    snapshot: hasSnapshot ? { sessionId, tenant: snapshot_tenant, seq: snapshot_seq, schema, body } : null,
    keys: keysOf(row, sessionId),
  };
};

/** A head for each call. */
export const headsOf = (calls: readonly HeadCall[], rows: readonly HeadRow[]): readonly Head[] => {
  const heads = calls.map(() => NOTHING);
  for (const row of rows) {
    const call = calls[row.place - 1];
    if (call !== undefined) heads[row.place - 1] = headOf(row, call);
  }
  return heads;
};
