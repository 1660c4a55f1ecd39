import { sealScope, sessionDecider } from '@cordboard/domain';
import { createPostgresStore, type Keyring, openingHead, type Vault } from '@cordboard/event-store';
import { systemIds } from '@cordboard/runtime';
import { fromRecord, type StoredShape, toRecord } from '@cordboard/translation';
import { inTurns } from '../harness/in-turns.ts';
import { type History, readHistories } from './histories.ts';

export const TENANT = 'demo';
const AT_ONCE = 64;
/** An agent's command takes a handful of rows. */
const ROWS_A_COMMAND = 5;

export interface RecordedLog {
  readonly sessions: readonly string[];
  readonly rows: number;
  /** Rows that carry sealed personal fields. */
  readonly sealed: number;
}

export interface RecordedLogOptions {
  readonly url: string;
  readonly vault: Vault;
  /** How often each recorded session is written, under another id. */
  readonly copies: number;
}

const causeOf = (index: number) => {
  const commandId = `command-${Math.floor(index / ROWS_A_COMMAND)}`;
  return {
    actor: { kind: 'agent', id: '1001' },
    commandId,
    causation: `command:${commandId}`,
    correlation: commandId,
  } as const;
};

/** What an owner keeps of a command is as long as in earnest. */
const withDigest = (vault: Vault, row: StoredShape, index: number): StoredShape =>
  'digest' in row.data
    ? { ...row, data: { ...row.data, digest: vault.digest(TENANT, `command-${index}`, '{}') } }
    : row;

/** The rows as an owner of this release records them: read, folded, sealed and chained. */
const recordsOf = (vault: Vault, keyring: Keyring, sessionId: string, rows: readonly StoredShape[]) => {
  let state = sessionDecider.initialState;
  let head = openingHead(sessionId, TENANT);
  return rows.map((row, index) => {
    const event = fromRecord(withDigest(vault, row, index));
    if (!event.ok) throw new Error(event.error);
    state = sessionDecider.evolve(state, event.value);
    const cause = causeOf(index);
    const made = keyring.record(head, {
      ...toRecord(event.value, state),
      at: Date.now(),
      scope: sealScope(event.value, cause.correlation),
      meta: cause,
    });
    head = made.head;
    return made;
  });
};

/** Writes every recorded session many times over, through the store that the session service writes through. */
export const writeRecordedLog = async ({ url, vault, copies }: RecordedLogOptions): Promise<RecordedLog> => {
  const store = await createPostgresStore({ url, workerId: 'bench', onTrouble: () => undefined });
  const histories = readHistories();
  const all: readonly History[] = Array.from({ length: copies }, () => histories).flat();
  const sessions: string[] = [];
  let rows = 0;
  let sealed = 0;
  await inTurns(all, AT_ONCE, async (history) => {
    const sessionId = systemIds.next();
    const made = recordsOf(vault, vault.keyring(sessionId, TENANT, []), sessionId, history.as(sessionId));
    const appended = await store.append({
      sessionId,
      opens: { tenant: TENANT, processor: 'sim', agentId: sessionId },
      records: made.map(({ record }) => record),
      keys: made.flatMap(({ keys }) => keys),
      subjects: made.flatMap(({ subjects }) => subjects),
    });
    if (!appended.ok) throw new Error(`${history.name} was not written: ${appended.error.kind}`);
    sessions.push(sessionId);
    rows += made.length;
    sealed += made.filter(({ record }) => record.pii !== null).length;
  });
  await store.close();
  return { sessions, rows, sealed };
};
