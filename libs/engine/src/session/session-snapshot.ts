import { type SessionState } from '@cordboard/domain';
import { type Head, type Keyring, type Loaded, type StoredSnapshot } from '@cordboard/event-store';
import { createCommandLedger } from '../commands/command-ledger.ts';
import { type SessionMemory } from './session-memory.ts';

/**
 * Names what a cached state means (design K14). Another release that folds the same rows to another state, or keeps
 * it in another form, has another name here and never looks at it; test/replay says when it has to change.
 */
export const SNAPSHOT_SCHEMA = '1';

interface Packed {
  readonly state: SessionState;
  readonly head: Omit<Head, 'sessionId' | 'tenant' | 'hash'> & { readonly hash: string };
  readonly ledger: string;
  readonly ctiSeq: number;
  readonly endedBindings: readonly string[];
}

/** The memory as a cache for whoever owns the session next, sealed. */
export const snapshotOf = (memory: SessionMemory, keyring: Keyring): StoredSnapshot => {
  const { state, ledger, ctiSeq, endedBindings } = memory;
  const { sessionId, tenant, hash, ...head } = memory.head;
  const packed: Packed = {
    state,
    head: { ...head, hash: hash.toString('base64') },
    ledger: ledger.pack().toString('base64'),
    ctiSeq,
    endedBindings,
  };
  const body = keyring.sealSnapshot(head.seq, SNAPSHOT_SCHEMA, Buffer.from(JSON.stringify(packed)));
  return { sessionId, tenant, seq: head.seq, schema: SNAPSHOT_SCHEMA, body };
};

const unpack = ({ sessionId, tenant }: StoredSnapshot, clear: Buffer): SessionMemory => {
  const { state, head, ledger, ctiSeq, endedBindings } = JSON.parse(clear.toString()) as Packed;
  return {
    state,
    head: { ...head, sessionId, tenant, hash: Buffer.from(head.hash, 'base64') },
    ledger: createCommandLedger(Buffer.from(ledger, 'base64')),
    ctiSeq,
    ctiSeqSure: false,
    endedBindings,
  };
};

/**
 * The cached memory, if it is of this session and release and the log still holds the very row that it ends with;
 * null otherwise: the log is the truth, a cache saves time only.
 */
export const restoreMemory = (
  { snapshot, rows }: Pick<Loaded, 'snapshot' | 'rows'>,
  of: { readonly sessionId: string; readonly tenant: string },
  keyring: Keyring,
): SessionMemory | null => {
  if (snapshot === null || snapshot.schema !== SNAPSHOT_SCHEMA) return null;
  if (snapshot.sessionId !== of.sessionId || snapshot.tenant !== of.tenant) return null;
  const clear = keyring.openSnapshot(snapshot.seq, snapshot.schema, snapshot.body);
  if (clear === null) return null;
  const memory = unpack(snapshot, clear);
  const last = rows.find(({ seq }) => seq === snapshot.seq);
  return last !== undefined && last.hash.equals(memory.head.hash) && memory.head.seq === last.seq
    ? memory
    : null;
};
