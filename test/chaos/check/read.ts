import { existsSync, readFileSync } from 'node:fs';
import { stateAt } from '@cordboard/audit-core';
import { recoveryEvents, type SessionState } from '@cordboard/domain';
import { createVault, type DataKeyRecord, type StoredEvent } from '@cordboard/event-store';
import { toRecord } from '@cordboard/translation';
import { Client } from 'pg';
import { tokenFor } from '../../e2e/support/agent.ts';
import { type Load } from '../load/load.ts';
import { readFeed } from './feed.ts';
import { type Following } from './follow.ts';
import { openLine } from '../load/line.ts';
import { type Town } from '../town/town.ts';
import { type Effect, type Fed, groupedBy, type Records, type Seen, type Waiting } from './records.ts';

interface SqlRow {
  readonly session_id: string;
  readonly key_id: string | null;
  readonly wpos: string;
  readonly at: Date;
}

const rowsOf = async (client: Client): Promise<readonly StoredEvent[]> => {
  const { rows } = await client.query<SqlRow & Omit<StoredEvent, 'sessionId' | 'keyId' | 'wpos' | 'at'>>(
    'SELECT * FROM events ORDER BY session_id, seq',
  );
  return rows.map(({ session_id, key_id, wpos, at, ...row }) => ({
    ...row,
    sessionId: session_id,
    keyId: key_id,
    wpos: Number(wpos),
    at: at.getTime(),
  }));
};

const keysOf = async (client: Client): Promise<readonly DataKeyRecord[]> => {
  const { rows } = await client.query<DataKeyRecord>(
    'SELECT key_id AS "keyId", tenant, session_id AS "sessionId", scope, wrapped FROM data_keys',
  );
  return rows;
};

/** Nobody's session is concerned. */
const HANDSHAKE = /^cti\.request\.(?!createsession$)/;

/** The requests that the adapter wrote down as carried out. */
const effectsIn = (file: string): readonly Effect[] =>
  (existsSync(file) ? readFileSync(file, 'utf8') : '')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Effect & { readonly kind: string })
    .filter(({ kind, name }) => kind === 'done' && !HANDSHAKE.test(name));

interface Told {
  readonly name?: string | undefined;
  readonly target?: string | undefined;
  readonly data?: Readonly<Record<string, unknown>> | undefined;
}

/** The last state and capabilities of each object, unless it is gone. */
const objectsIn = (events: readonly Told[]): Readonly<Record<string, unknown>> => {
  const objects: Record<string, unknown> = {};
  for (const { name, target = '', data } of events) {
    if (name === 'state.updated') objects[target] = [data?.['state'], sorted(data?.['capabilities'])];
    if (name?.endsWith('.disposed') === true) Reflect.deleteProperty(objects, target);
  }
  return objects;
};

const sorted = (value: unknown): unknown =>
  Object.entries((value ?? {}) as Record<string, unknown>).sort(([a], [b]) => (a < b ? -1 : 1));

const folded = (state: SessionState): Readonly<Record<string, unknown>> =>
  objectsIn(
    recoveryEvents(state).map((event) => {
      const { name, target, data } = toRecord(event, state);
      return { name: name ?? '', target, data };
    }),
  );

interface Fresh {
  readonly session: string;
  readonly sequence: number;
  readonly memory: Readonly<Record<string, unknown>>;
}

/** A tab that was never there before asks the owner for everything. */
const freshOf = async (town: Town, agent: string, session: string): Promise<Fresh | null> => {
  const [door = ''] = town.doors;
  const line = await openLine(door, await tokenFor(door, agent), () => undefined);
  const requestId = 'fresh';
  line.send({
    command: 'bindSession',
    target: session,
    requestId,
    data: { client: 'fresh', takeover: true },
  });
  const answer = await line.response(requestId, 10_000);
  line.leave();
  const { sequence, snapshot } = answer?.data ?? {};
  if (answer?.result !== 'success' || snapshot === undefined) return null;
  const { events } = snapshot as { readonly events: readonly Told[] };
  return { session, sequence: Number(sequence), memory: objectsIn(events) };
};

/** All rows up to the next object event: what came between is not told. */
const endOf = (rows: readonly StoredEvent[], sequence: number): number =>
  (rows.find(({ seq, name }) => seq > sequence && name !== null)?.seq ?? Infinity) - 1;

const OVERDUE_MS = 15_000;

const overdueIn = (session: string, state: SessionState, now: number): readonly Waiting[] =>
  state.phase === 'CLOSED'
    ? []
    : state.requests
        .filter(({ deadlineAt }) => deadlineAt < now - OVERDUE_MS)
        .map(({ requestId, request }) => ({ session, what: `${request.type} ${requestId} has no outcome` }));

const foldsOf = (
  sessions: ReadonlyMap<string, readonly StoredEvent[]>,
  keys: readonly DataKeyRecord[],
  { town, fresh }: { readonly town: Town; readonly fresh: readonly Fresh[] },
): { readonly seen: readonly Seen[]; readonly waiting: readonly Waiting[] } => {
  const vault = createVault({ tenantKeys: () => town.tenantKey });
  const ofSession = groupedBy(keys, ({ sessionId }) => sessionId);
  const stateOf = (session: string, upTo?: number): SessionState =>
    stateAt(sessions.get(session) ?? [], vault.keyring(session, 'demo', ofSession.get(session) ?? []), upTo);
  return {
    seen: fresh.map(({ session, sequence, memory }) => {
      const fold = folded(stateOf(session, endOf(sessions.get(session) ?? [], sequence)));
      return { session, sequence, memory, fold };
    }),
    waiting: [...sessions.keys()].flatMap((session) => overdueIn(session, stateOf(session), Date.now())),
  };
};

/** What stood when the log was read: some timer may have gone off since. */
const standing = <T extends Fed>(rows: readonly T[], sessions: Records['sessions']): readonly T[] =>
  rows.filter(({ sessionId, seq }) => seq <= (sessions.get(sessionId)?.at(-1)?.seq ?? Infinity));

/** Reads everything there is to be compared, once all is at rest. The clients' sessions are bound by others then. */
export const readRecords = async (town: Town, load: Load, following: Following): Promise<Records> => {
  const fresh: Fresh[] = [];
  for (const { agent, log } of load.desks) {
    const one = await freshOf(town, agent, log.session);
    if (one === null) throw new Error(`a new client cannot bind ${log.session}`);
    fresh.push(one);
  }
  const client = new Client({ connectionString: town.database.adminUrl });
  await client.connect();
  try {
    const rows = await rowsOf(client);
    const sessions = groupedBy(rows, ({ sessionId }) => sessionId);
    const folds = foldsOf(sessions, await keysOf(client), { town, fresh });
    const clients = load.desks.map(({ log }) => log);
    const fed = standing(await readFeed(town, rows.length), sessions);
    await following.caughtUp();
    const followed = standing(following.followed, sessions);
    return { sessions, clients, effects: effectsIn(town.effectsFile), followed, fed, ...folds };
  } finally {
    await client.end();
  }
};
