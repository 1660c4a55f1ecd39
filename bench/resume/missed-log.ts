import { objectEventFrame } from '@cordboard/agent-protocol';
import { createPostgresStore, createVault, openingHead, type Vault } from '@cordboard/event-store';
import { inTurns } from '../harness/in-turns.ts';

const TENANT = 'demo';
const AT_ONCE = 64;
/** One event in so many carries personal fields, as the events of a call do. */
const PERSONAL_EVERY = 5;

/** Sessions as they are in the log: one event that the browsers have, and those that they missed. */
export interface MissedLog {
  readonly sessions: readonly string[];
  /** Sequence of the last event that the browsers have. */
  readonly cursor: number;
  readonly last: number;
}

export interface MissedLogOptions {
  readonly url: string;
  readonly tenantKey: Buffer;
  readonly sessions: number;
  readonly missed: number;
}

const sessionId = (n: number): string => {
  const time = Date.now().toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-${n.toString(16).padStart(12, '0')}`;
};

const draftOf = (target: string, seq: number) =>
  ({
    type: 'InteractionUpdated',
    version: 1,
    target,
    at: Date.now(),
    name: 'interaction.preview',
    data:
      seq % PERSONAL_EVERY === 0
        ? { state: 'ALERTING', interactionData: { ANI: '+12025550123', queue: 'Sales' } }
        : { state: 'ALERTING', capabilities: { accept: true, reject: true, transfer: false } },
    personal: ['interactionData'],
    scope: 'I',
    subjects: [],
    meta: { actor: { kind: 'switch', id: 'sim-1' }, causation: 'switch:1', correlation: `c${seq}` },
  }) as const;

const recordsOf = (vault: Vault, session: string, rows: number) => {
  const keyring = vault.keyring(session, TENANT, []);
  let head = openingHead(session, TENANT);
  const recorded = Array.from({ length: rows }, (_, index) => {
    const made = keyring.record(head, draftOf(session, index + 1));
    head = made.head;
    return made;
  });
  return {
    records: recorded.map(({ record }) => record),
    keys: recorded.flatMap(({ keys }) => keys),
    subjects: recorded.flatMap(({ subjects }) => subjects),
  };
};

/** The frame of one of the events, as its owner tells it live. */
export const missedFrame = (session: string, sequence: number): string => {
  const { target, name, data, at } = draftOf(session, sequence);
  return objectEventFrame({ target, name, data, sequence, previous: sequence - 1, at });
};

/** Writes the sessions through the store that the session service writes through. */
export const writeMissedLog = async (options: MissedLogOptions): Promise<MissedLog> => {
  const { url, tenantKey, missed } = options;
  const store = await createPostgresStore({ url, workerId: 'bench', onTrouble: () => undefined });
  const vault = createVault({ tenantKeys: () => tenantKey });
  const sessions = Array.from({ length: options.sessions }, (_, n) => sessionId(n));
  await inTurns(sessions, AT_ONCE, async (session) => {
    const opens = { tenant: TENANT, processor: 'sim', agentId: session };
    const appended = await store.append({
      sessionId: session,
      opens,
      ...recordsOf(vault, session, missed + 1),
    });
    if (!appended.ok) throw new Error(`not written: ${appended.error.kind}`);
  });
  await store.close();
  return { sessions, cursor: 1, last: missed + 1 };
};
