import { type SessionInput } from '@cordboard/domain';
import { type AppendError } from '@cordboard/event-store';
import { type Rejection } from '@cordboard/domain';
import { err, ok, type Result } from '@cordboard/kernel';
import { commandCause, workerCause } from '../session/cause.ts';
import { type Ownership } from '../ownership/ownership.ts';
import { type EnginePorts, type EngineSettings } from '../ports.ts';
import { emptyMemory } from '../session/session-memory.ts';

export interface NewSession {
  readonly tenant: string;
  readonly processor: string;
  readonly agentId: string;
  /** Where the agent sits, as the switch says. */
  readonly extension?: string | undefined;
  readonly model: string;
  /** The request that wants it. */
  readonly requestId: string;
  readonly trace?: string | undefined;
}

const FIRST_EPOCH = 1;

/** Makes a session with this worker as its first owner; both facts and the agent's place are one write. */
export const createSession = async (
  ports: EnginePorts,
  settings: EngineSettings,
  ownership: Ownership,
  { agentId, extension, requestId, trace, ...wish }: NewSession,
): Promise<Result<string, AppendError | Rejection>> => {
  const { store, vault, clock, ids } = ports;
  const { tenant, processor, model } = wish;
  const sessionId = ids.next(await store.now());
  const memory = emptyMemory(sessionId, tenant);
  const owned = ownership.build(
    { ...memory, head: { ...memory.head, epoch: FIRST_EPOCH } },
    vault.keyring(sessionId, tenant, []),
  );
  const at = clock.now();
  const prepare: SessionInput = {
    kind: 'prepare',
    session: sessionId,
    tenant,
    processor,
    agent: { id: agentId, ...(extension === undefined ? {} : { extension }) },
    model,
    policy: settings.policy,
    at,
    seed: ids.next(),
  };
  const claim: SessionInput = {
    kind: 'claim',
    epoch: FIRST_EPOCH,
    worker: settings.workerId,
    at,
    seed: ids.next(),
  };
  const taken = owned.runner.submit(
    { input: prepare, cause: commandCause({ kind: 'agent', id: agentId }, requestId, trace) },
    { input: claim, cause: workerCause(settings.workerId, 'claim', requestId) },
  );
  if (!taken.ok) return err(taken.error);
  const error = await taken.value;
  if (error !== null) {
    owned.dispose();
    return error.kind === 'unknown' && (await stands(ownership, tenant, sessionId))
      ? ok(sessionId)
      : err(error);
  }
  // A worker that is stopping leaves it to the others, who find it when it is bound.
  await ownership.adopt(owned);
  return ok(sessionId);
};

/** The answer of the log was lost: the log itself says whether the session is there. */
const stands = async (ownership: Ownership, tenant: string, sessionId: string): Promise<boolean> => {
  const { kind } = await ownership.claim({ tenant, sessionId });
  return kind === 'owned' || kind === 'elsewhere';
};
