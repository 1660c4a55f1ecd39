import { stateAt, verifyChain } from '@cordboard/audit-core';
import { recoveryEvents, type SessionState } from '@cordboard/domain';
import { createPostgresStore, createVault, type EventStore, type StoredEvent } from '@cordboard/event-store';
import { eventually, type Stack } from '@cordboard/testing';
import { toRecord } from '@cordboard/translation';
import { Client } from 'pg';
import { type Desktop, type Frame } from './desktop.ts';

interface Audited {
  readonly session: string;
  /** Null when several desktops took turns: then only the log itself is examined. */
  readonly desktop: Desktop | null;
}

/** What a desktop holds of each object after these events: its last `state.updated`, unless it is gone. */
const seen = (events: readonly Pick<Frame, 'name' | 'target' | 'data'>[]): Map<string, unknown> => {
  const objects = new Map<string, unknown>();
  for (const { name, target = '', data } of events) {
    if (name === 'state.updated')
      objects.set(target, { state: data?.state, capabilities: data?.capabilities });
    if (name?.endsWith('.disposed') === true) objects.delete(target);
  }
  return objects;
};

const shown = (state: SessionState): Map<string, unknown> =>
  seen(
    recoveryEvents(state).map((event) => {
      const { name, target, data } = toRecord(event, state);
      return { name: name ?? '', target, data };
    }),
  );

const sequences = (events: readonly StoredEvent[]): readonly number[] => events.map(({ seq }) => seq);

/** No personal text in any column of any table, neither as text nor as bytes. */
const expectSealed = async (url: string, personal: readonly string[]): Promise<void> => {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const tables = await client.query<{ name: string }>(
      `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname = 'public'`,
    );
    for (const { name } of tables.rows) {
      const rows = await client.query<{ row: string }>(`select t::text as row from ${name} t`);
      const text = rows.rows.map(({ row }) => row).join('\n');
      for (const value of personal) {
        expect([name, text.includes(value)]).toEqual([name, false]);
        expect([name, text.includes(Buffer.from(value).toString('hex'))]).toEqual([name, false]);
      }
    }
  } finally {
    await client.end();
  }
};

const openLog = (stack: Stack): Promise<EventStore> =>
  createPostgresStore({ url: stack.database.applicationUrl, workerId: 'auditor' });

/**
 * What must hold after every scenario: the stream has no hole, its chain verifies, it folds to the very state
 * that the client saw, the client had every object event once, and no personal field stands in clear.
 */
export const auditSession = async (
  stack: Stack,
  agent: Audited,
  personal: readonly string[],
): Promise<void> => {
  const vault = createVault({ tenantKeys: () => stack.tenantKey });
  const store = await openLog(stack);
  try {
    // What followed the last frame is still on its way into the log; wait until nothing is added.
    let events = await store.read(agent.session);
    await eventually(async () => {
      const before = events.length;
      events = await store.read(agent.session);
      return events.length === before;
    });
    expect(sequences(events)).toEqual(events.map((_, index) => index + 1));
    expect(verifyChain(events)).toMatchObject({ ok: true });
    const keyring = vault.keyring(agent.session, 'demo', await store.keys(agent.session));
    const state = stateAt(events, keyring);
    if (agent.desktop !== null) {
      const { desktop } = agent;
      const wire = events.filter(({ name }) => name !== null);
      await eventually(() => desktop.events.length >= wire.length);
      expect(desktop.events.map(({ sequence }) => sequence)).toEqual(sequences(wire));
      if (state.phase !== 'CLOSED') expect(shown(state)).toEqual(seen(desktop.events));
    }
  } finally {
    await store.close();
  }
  await expectSealed(stack.database.ownerUrl, personal);
};

/** What is stored of a session now. */
export const storedEvents = async (stack: Stack, session: string): Promise<readonly StoredEvent[]> => {
  const store = await openLog(stack);
  try {
    return await store.read(session);
  } finally {
    await store.close();
  }
};

/** The worker that owns a session now. */
export const ownerOf = async (stack: Stack, session: string): Promise<string> => {
  const claims = (await storedEvents(stack, session)).filter(({ type }) => type === 'OwnershipClaimed');
  return claims.at(-1)?.data.worker as string;
};
