import { type AppendError } from '../../event-store.ts';
import { type Statement } from '../ask.ts';
import { type EncodedAppend } from './encoded-append.ts';

const DIAGNOSE = `
SELECT (a.place - 1)::integer AS index,
  EXISTS (SELECT FROM events e WHERE e.session_id = a.session_id AND e.seq = a.seq)
  OR (a.seq > 1 AND NOT EXISTS (
    SELECT FROM events e WHERE e.session_id = a.session_id AND e.seq = a.seq - 1 AND e.hash = a.follows
  )) AS fenced,
  o.session_id AS holder
FROM unnest($1::uuid[], $2::integer[], $3::bytea[], $4::text[], $5::text[], $6::text[])
  WITH ORDINALITY AS a(session_id, seq, follows, tenant, processor, agent_id, place)
LEFT JOIN open_sessions o USING (tenant, processor, agent_id)`;

/** What `diagnoseStatement` finds for one append. */
export interface Finding {
  readonly index: number;
  readonly fenced: boolean;
  readonly holder: string | null;
}

/**
 * Asks of each append of a batch that met a key: does a row stand in its place, does another or none stand before it, does
 * its agent have a session? `appends` holds the first of each session: the others follow from it.
 */
export const diagnoseStatement = (appends: readonly EncodedAppend[]): Statement => ({
  name: 'diagnose-append',
  text: DIAGNOSE,
  values: [
    appends.map(({ sessionId }) => sessionId),
    appends.map(({ append }) => append.records[0]?.seq),
    appends.map(({ append }) => append.records[0]?.follows ?? null),
    appends.map(({ append }) => append.opens?.tenant ?? null),
    appends.map(({ append }) => append.opens?.processor ?? null),
    appends.map(({ append }) => append.opens?.agentId ?? null),
  ],
});

export const errorOf = ({ fenced, holder }: Finding): AppendError | null => {
  if (fenced) return { kind: 'fenced' };
  return holder === null ? null : { kind: 'agent-has-session', sessionId: holder };
};
