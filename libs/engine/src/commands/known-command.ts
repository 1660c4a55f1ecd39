import { type ParsedRequest } from '@cordboard/agent-protocol';
import { type CommandOutcome, pendingCommand, type SessionEvent } from '@cordboard/domain';
import { type StoredEvent } from '@cordboard/event-store';
import { type Actor } from '@cordboard/kernel';
import { fromRecord } from '@cordboard/translation';
import { type EnginePorts } from '../ports.ts';
import { isAgain } from '../session/session-memory.ts';
import { type SessionRunner } from '../session/session-runner.ts';

/** What a session knows of a command: nothing, another one under its id, that it is under way, or its outcome's place. */
export type KnownCommand =
  { readonly kind: 'unknown' | 'reused' | 'pending' } | { readonly kind: 'done'; readonly seq: number };

export const knownCommand = (
  { state, memory }: SessionRunner,
  { requestId }: ParsedRequest,
  digest: string,
): KnownCommand => {
  const pending = pendingCommand(state, requestId);
  if (pending !== null) return { kind: pending.digest === digest ? 'pending' : 'reused' };
  return memory.ledger.find(digest);
};

/** Names a command by its id and content (design K10). */
export const digestOf = (
  { vault }: Pick<EnginePorts, 'vault'>,
  tenant: string,
  { requestId, canonical, path, data }: ParsedRequest,
): string => vault.digest(tenant, requestId, JSON.stringify([canonical, path, data]));

type Ports = Pick<EnginePorts, 'store' | 'vault'>;

const readEvent = async ({ store, vault }: Ports, row: StoredEvent): Promise<SessionEvent | null> => {
  const keys = row.keyId === null ? [] : await store.keys(row.sessionId);
  const event = fromRecord({ ...row, data: vault.keyring(row.sessionId, row.tenant, keys).open(row) });
  return event.ok ? event.value : null;
};

/** Reads the recorded outcome of a command; null when its write was lost after all. */
export const recordedOutcome = async (
  ports: Ports,
  { sessionId, settled }: Pick<SessionRunner, 'sessionId' | 'settled'>,
  seq: number,
): Promise<CommandOutcome | null> => {
  await settled;
  for (const row of await ports.store.read(sessionId, { after: seq - 1, upTo: seq })) {
    const event = await readEvent(ports, row);
    if (event?.type === 'CommandCompleted') return event.data.outcome;
  }
  return null;
};

/** What ends a session is among its last rows. */
const LAST_ROWS = 256;

/**
 * The outcome of an agent's command in a session that is over, for whoever did not hear it: the command that ended
 * it, above all. Null when it is none of the last, or another agent's session.
 */
export const outcomeAfterEnd = async (
  ports: Ports,
  { tenant, sessionId }: { readonly tenant: string; readonly sessionId: string },
  request: ParsedRequest,
  actor: Actor,
): Promise<CommandOutcome | null> => {
  const { store } = ports;
  const tail = await store.tail(sessionId);
  if (tail?.tenant !== tenant) return null;
  const [first] = await store.read(sessionId, { limit: 1 });
  const opening = first === undefined ? null : await readEvent(ports, first);
  if (opening?.type !== 'SessionPrepared' || opening.data.agent.id !== actor.id) return null;
  const digest = digestOf(ports, tenant, request);
  for (const row of await store.read(sessionId, { after: Math.max(0, tail.seq - LAST_ROWS) })) {
    if (row.type !== 'CommandCompleted') continue;
    const event = await readEvent(ports, row);
    if (event?.type !== 'CommandCompleted' || event.data.digest !== digest) continue;
    return isAgain(event.data.outcome) ? null : event.data.outcome;
  }
  return null;
};
