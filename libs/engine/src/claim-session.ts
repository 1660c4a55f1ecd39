import { type Keyring, type StreamTail } from '@cordboard/event-store';
import { HIGHEST_VERSION } from '@cordboard/translation';
import { workerCause } from './cause.ts';
import { type OwnedSession } from './owned-session.ts';
import { type EnginePorts } from './ports.ts';
import { emptyMemory, foldMemory, type SessionMemory } from './session-memory.ts';

/**
 * How a claim ended. `elsewhere`: another worker was faster. `not-me`: the stream holds rows of a newer
 * release (design K22), or this worker is stopping. `unavailable`: the log cannot be read or written now.
 */
export type Claim =
  | { readonly kind: 'owned'; readonly session: OwnedSession }
  | { readonly kind: 'elsewhere' | 'unknown' | 'closed' | 'not-me' | 'unavailable' };

export interface Wanted {
  readonly tenant: string;
  readonly sessionId: string;
  /** Only if nobody claimed it after this epoch. */
  readonly after?: number | undefined;
}

/** The worker that claims. */
export interface Claimer {
  readonly ports: EnginePorts;
  readonly workerId: string;
  readonly build: (memory: SessionMemory, keyring: Keyring) => OwnedSession;
  /** False when the session cannot be served by this worker any more. */
  readonly adopt: (session: OwnedSession) => Promise<boolean>;
}

const MAX_ATTEMPTS = 5;
const CONTENDED = 'contended';

/** Becomes the owner of a session: the next epoch in its log is the fence (design K6). */
export const claimSession = async (claimer: Claimer, wanted: Wanted): Promise<Claim> => {
  const { store, metrics } = claimer.ports;
  let { after } = wanted;
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
    const tail = await store.tail(wanted.sessionId);
    const hopeless = whyNot(tail, wanted.tenant);
    if (hopeless !== null || tail === null) return { kind: hopeless ?? 'unknown' };
    if (after !== undefined && tail.epoch > after) {
      metrics.count('claims_lost');
      return { kind: 'elsewhere' };
    }
    after = tail.epoch;
    const claim = await tryClaim(claimer, wanted, tail.epoch);
    if (claim !== CONTENDED) return claim;
  }
  return { kind: 'elsewhere' };
};

/** `contended`: somebody wrote between our reading and our claim. */
const tryClaim = async (
  { ports, workerId, build, adopt }: Claimer,
  { tenant, sessionId }: Wanted,
  epochBefore: number,
): Promise<Claim | typeof CONTENDED> => {
  const { store, vault, clock, ids, log, metrics } = ports;
  const [rows, keys] = await Promise.all([store.read(sessionId), store.keys(sessionId)]);
  const keyring = vault.keyring(sessionId, tenant, keys);
  const memory = foldMemory(emptyMemory(sessionId, tenant), rows, keyring);
  // Two claims of one epoch would look like one owner to an adapter.
  if (memory.head.epoch > epochBefore) return CONTENDED;
  const epoch = epochBefore + 1;
  const session = build({ ...memory, head: { ...memory.head, epoch } }, keyring);
  const seed = ids.next();
  const taken = session.runner.submit({
    input: { kind: 'claim', epoch, worker: workerId, at: clock.now(), seed },
    cause: workerCause(workerId, 'claim', seed),
  });
  const error = taken.ok ? await taken.value : null;
  if (error !== null) {
    session.dispose();
    return error.kind === 'fenced' ? CONTENDED : { kind: 'unavailable' };
  }
  if (!(await adopt(session))) return { kind: 'not-me' };
  metrics.count('claims');
  log.info('session claimed', { session: sessionId, epoch });
  session.probe();
  return { kind: 'owned', session };
};

const whyNot = (tail: StreamTail | null, tenant: string): 'unknown' | 'closed' | 'not-me' | null => {
  if (tail === null || tail.tenant !== tenant) return 'unknown';
  if (tail.closed) return 'closed';
  return tail.version > HIGHEST_VERSION ? 'not-me' : null;
};
