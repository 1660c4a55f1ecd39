import { type ParsedRequest } from '@cordboard/agent-protocol';
import { type CommandOutcome, pendingCommand } from '@cordboard/domain';
import { fromRecord } from '@cordboard/translation';
import { type EnginePorts } from './ports.ts';
import { type SessionRunner } from './session-runner.ts';

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

/** Reads the recorded outcome of a command; null when its write was lost after all. */
export const recordedOutcome = async (
  { store, vault }: Pick<EnginePorts, 'store' | 'vault'>,
  { sessionId, state, settled }: SessionRunner,
  seq: number,
): Promise<CommandOutcome | null> => {
  await settled;
  for (const row of await store.read(sessionId, { after: seq - 1, upTo: seq })) {
    const keys = row.keyId === null ? [] : await store.keys(sessionId);
    const keyring = vault.keyring(sessionId, state.tenant, keys);
    const event = fromRecord({ ...row, data: keyring.open(row) });
    if (event.ok && event.value.type === 'CommandCompleted') return event.value.data.outcome;
  }
  return null;
};
