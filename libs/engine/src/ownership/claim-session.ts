import { type Keyring, type Loaded, type StreamTail } from '@cordboard/event-store';
import { HIGHEST_VERSION } from '@cordboard/translation';
import { type Admission } from '../switch/admission.ts';
import { workerCause } from '../session/cause.ts';
import { type OwnedSession } from '../session/owned-session.ts';
import { type EnginePorts, type EngineSettings } from '../ports.ts';
import { emptyMemory, foldMemory, type SessionMemory } from '../session/session-memory.ts';
import { restoreMemory, SNAPSHOT_SCHEMA } from '../session/session-snapshot.ts';

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
  readonly settings: Pick<EngineSettings, 'workerId' | 'reads'>;
  /** Only so many sessions are taken over at once: what comes back for them together is a short share of work. */
  readonly admission: Admission;
  /** Whether the log can be used: it may have failed while a claim waited for its turn. */
  readonly works: () => boolean;
  readonly build: (memory: SessionMemory, keyring: Keyring) => OwnedSession;
  /** False when the session cannot be served by this worker any more. */
  readonly adopt: (session: OwnedSession) => Promise<boolean>;
}

/** A session as its log has it. */
interface Read {
  readonly epoch: number;
  readonly memory: SessionMemory;
  readonly keyring: Keyring;
  /** The place of the cached state that this began with; 0 without one. */
  readonly cachedSeq: number;
}

const MAX_ATTEMPTS = 5;
const CONTENDED = 'contended';

/** Becomes the owner of a session: the next epoch in its log is the fence (design K6). */
export const claimSession = (claimer: Claimer, wanted: Wanted): Promise<Claim> =>
  inTurn(claimer.admission, wanted.tenant, () => claimInTurn(claimer, wanted));

const claimInTurn = async (claimer: Claimer, wanted: Wanted): Promise<Claim> => {
  let { after } = wanted;
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
    if (!claimer.works()) return { kind: 'unavailable' };
    const read = await readSession(claimer, wanted);
    if (typeof read === 'string') return { kind: read };
    if (after !== undefined && read.epoch > after) {
      claimer.ports.metrics.count('claims_lost');
      return { kind: 'elsewhere' };
    }
    after = read.epoch;
    const claim = await tryClaim(claimer, read);
    if (claim !== CONTENDED) return claim;
  }
  return { kind: 'elsewhere' };
};

const inTurn = async <T>({ enter }: Admission, key: string, run: () => Promise<T>): Promise<T> => {
  let leave = (): void => undefined;
  await new Promise<void>((admitted) => {
    leave = enter(key, admitted);
  });
  return run().finally(leave);
};

const whyNot = (
  tail: StreamTail | null,
  tenant: string,
  reads: number,
): 'unknown' | 'closed' | 'not-me' | null => {
  if (tail === null || tail.tenant !== tenant) return 'unknown';
  if (tail.closed) return 'closed';
  return tail.version > reads ? 'not-me' : null;
};

const readSession = async (
  { ports, settings: { reads = HIGHEST_VERSION } }: Claimer,
  { tenant, sessionId }: Wanted,
): Promise<Read | 'unknown' | 'closed' | 'not-me'> => {
  const loaded = await ports.store.load(sessionId, SNAPSHOT_SCHEMA);
  const { tail, keys } = loaded;
  const hopeless = whyNot(tail, tenant, reads);
  if (hopeless !== null || tail === null) return hopeless ?? 'unknown';
  const keyring = ports.vault.keyring(sessionId, tenant, keys);
  const of = { sessionId, tenant };
  return { epoch: tail.epoch, keyring, ...(await foldLoaded(ports, of, loaded, keyring)) };
};

/** Begins with the cached state where it holds; else everything is folded. */
const foldLoaded = async (
  { store, metrics }: Pick<EnginePorts, 'store' | 'metrics'>,
  of: { readonly sessionId: string; readonly tenant: string },
  { snapshot, rows }: Loaded,
  keyring: Keyring,
): Promise<Pick<Read, 'memory' | 'cachedSeq'>> => {
  const cached = restoreMemory({ snapshot, rows }, of, keyring);
  if (cached !== null) {
    metrics.count('snapshots_used');
    const { seq } = cached.head;
    const newer = rows.filter((row) => row.seq > seq);
    return { memory: foldMemory(cached, newer, keyring), cachedSeq: seq };
  }
  if (snapshot !== null) metrics.count('snapshots_dropped');
  const all = snapshot === null ? rows : await store.read(of.sessionId);
  return { memory: foldMemory(emptyMemory(of.sessionId, of.tenant), all, keyring), cachedSeq: 0 };
};

/** `contended`: somebody wrote between our reading and our claim. */
const tryClaim = async (
  { ports, settings: { workerId }, build, adopt }: Claimer,
  { epoch: epochBefore, memory, keyring, cachedSeq }: Read,
): Promise<Claim | typeof CONTENDED> => {
  const { clock, ids, log, metrics } = ports;
  // Two claims of one epoch would look like one owner to an adapter.
  if (memory.head.epoch > epochBefore) return CONTENDED;
  const epoch = epochBefore + 1;
  const session = build({ ...memory, head: { ...memory.head, epoch } }, keyring);
  session.cachedSeq = cachedSeq;
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
  log.debug('session claimed', { session: session.runner.sessionId, epoch });
  session.probe();
  return { kind: 'owned', session };
};
