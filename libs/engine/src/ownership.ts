import { type BusMessage, type Subscription, subjects } from '@cordboard/bus';
import { type AppendError, type Keyring, type StreamTail } from '@cordboard/event-store';
import { HIGHEST_VERSION } from '@cordboard/translation';
import { workerCause } from './cause.ts';
import { createDeadlineWheel } from './deadline-wheel.ts';
import { OwnedSession } from './owned-session.ts';
import { type EnginePorts, type EngineSettings } from './ports.ts';
import { foldMemory, type SessionMemory } from './session-memory.ts';

/**
 * How a claim ended. `elsewhere`: another worker was faster. `not-me`: the stream holds rows of a newer
 * release (design K22). `unavailable`: the log cannot be read or written now.
 */
export type Claim =
  | { readonly kind: 'owned'; readonly session: OwnedSession }
  | { readonly kind: 'elsewhere' | 'unknown' | 'closed' | 'not-me' | 'unavailable' };

const MAX_ATTEMPTS = 5;
const RECLAIM_MS = 250;

/** Which sessions this worker owns, and how it comes to own one (design K6). */
export class Ownership {
  readonly #sessions = new Map<
    string,
    { readonly session: OwnedSession; readonly heard: readonly Subscription[] }
  >();
  readonly #claiming = new Map<string, Promise<Claim>>();
  readonly #wheel;
  #stopped = false;

  constructor(
    private readonly ports: EnginePorts,
    private readonly settings: EngineSettings,
    private readonly dispatch: (session: OwnedSession, message: BusMessage) => void,
  ) {
    this.#wheel = createDeadlineWheel<OwnedSession>(ports.clock, (session) => session.elapse());
  }

  find(sessionId: string): OwnedSession | null {
    return this.#sessions.get(sessionId)?.session ?? null;
  }

  owned(): IterableIterator<OwnedSession> {
    return [...this.#sessions.values()].map(({ session }) => session).values();
  }

  /** Makes a session live in this worker without listening for it yet. */
  build(memory: SessionMemory, keyring: Keyring): OwnedSession {
    return new OwnedSession(
      this.ports,
      { memory, keyring, wheel: this.#wheel },
      {
        onClosed: (session) => this.#drop(session),
        onLost: (session, error) => this.#onLost(session, error),
      },
    );
  }

  /** Listens for the session's messages; from here on this worker is found as its owner. */
  async adopt(session: OwnedSession): Promise<void> {
    const { state, sessionId } = session.runner;
    const hear = (message: BusMessage): void => this.dispatch(session, message);
    const queue = { queue: 'owner' };
    this.#sessions.set(sessionId, {
      session,
      heard: [
        this.ports.bus.subscribe(subjects.commandsOf(state.tenant, sessionId), hear, queue),
        this.ports.bus.subscribe(subjects.ctiEventsOf(state.tenant, state.processor, sessionId), hear, queue),
      ],
    });
    this.ports.metrics.owned(this.#sessions.size);
    await this.ports.bus.flush();
  }

  /** Takes the session over, or says who else has it; claims of one session at the same time are one claim. */
  claim(tenant: string, sessionId: string): Promise<Claim> {
    const mine = this.#sessions.get(sessionId);
    if (mine !== undefined) return Promise.resolve(ownedBy(mine.session, tenant));
    const running = this.#claiming.get(sessionId);
    if (running !== undefined) return running;
    const claim = this.#claim(tenant, sessionId)
      .catch((error: unknown): Claim => {
        this.ports.log.error('a claim failed', { session: sessionId, error: String(error) });
        return { kind: 'unavailable' };
      })
      .finally(() => this.#claiming.delete(sessionId));
    this.#claiming.set(sessionId, claim);
    return claim;
  }

  /** Gives everything up: finishes what is decided, then stops listening. */
  async release(): Promise<void> {
    this.#stopped = true;
    const all = [...this.owned()];
    for (const { heard } of this.#sessions.values()) for (const one of heard) one.unsubscribe();
    await Promise.all(all.map((session) => session.runner.settled));
    for (const session of all) this.#drop(session);
    this.#wheel.stop();
  }

  async #claim(tenant: string, sessionId: string): Promise<Claim> {
    let epoch: number | null = null;
    for (let attempt = 0; attempt < MAX_ATTEMPTS && !this.#stopped; attempt += 1) {
      const tail = await this.ports.store.tail(sessionId);
      const hopeless = whyNot(tail, tenant);
      if (hopeless !== null || tail === null) return { kind: hopeless ?? 'unknown' };
      if (epoch !== null && tail.epoch > epoch) {
        this.ports.metrics.count('claims_lost');
        return { kind: 'elsewhere' };
      }
      epoch = tail.epoch;
      const claimed = await this.#tryClaim(tenant, sessionId, epoch + 1);
      if (claimed === null || claimed.kind !== 'elsewhere') return claimed ?? { kind: 'unavailable' };
    }
    return { kind: 'elsewhere' };
  }

  /** `elsewhere` here means that somebody wrote between our reading and our claim. */
  async #tryClaim(tenant: string, sessionId: string, epoch: number): Promise<Claim> {
    const { store, vault, clock, ids, log, metrics } = this.ports;
    const { workerId } = this.settings;
    const [rows, keys] = await Promise.all([store.read(sessionId), store.keys(sessionId)]);
    const keyring = vault.keyring(sessionId, tenant, keys);
    const memory = foldMemory(sessionId, tenant, rows, keyring);
    const session = this.build({ ...memory, head: { ...memory.head, epoch } }, keyring);
    const seed = ids.next();
    const taken = session.runner.submit({
      input: { kind: 'claim', epoch, worker: workerId, at: clock.now(), seed },
      cause: workerCause(workerId, 'claim', seed),
    });
    if (!taken.ok) return { kind: 'closed' };
    const error = await taken.value;
    if (error !== null) {
      session.dispose();
      return { kind: error.kind === 'fenced' ? 'elsewhere' : 'unavailable' };
    }
    await this.adopt(session);
    metrics.count('claims');
    log.info('session claimed', { session: sessionId, epoch });
    session.probe();
    return { kind: 'owned', session };
  }

  #onLost(session: OwnedSession, error: AppendError): void {
    const { sessionId, state } = session.runner;
    const known = this.find(sessionId) === session;
    this.#drop(session);
    if (!known) return;
    this.ports.metrics.count('sessions_dropped');
    this.ports.log.warn('session given up', { session: sessionId, cause: error.kind });
    if (error.kind === 'fenced' || this.#stopped) return;
    this.ports.clock.after(RECLAIM_MS, () => {
      if (!this.#stopped) void this.claim(state.tenant, sessionId);
    });
  }

  #drop(session: OwnedSession): void {
    session.dispose();
    const entry = this.#sessions.get(session.runner.sessionId);
    if (entry?.session !== session) return;
    for (const one of entry.heard) one.unsubscribe();
    this.#sessions.delete(session.runner.sessionId);
    this.ports.metrics.owned(this.#sessions.size);
  }
}

const ownedBy = (session: OwnedSession, tenant: string): Claim =>
  session.runner.state.tenant === tenant ? { kind: 'owned', session } : { kind: 'unknown' };

const whyNot = (tail: StreamTail | null, tenant: string): 'unknown' | 'closed' | 'not-me' | null => {
  if (tail === null || tail.tenant !== tenant) return 'unknown';
  if (tail.closed) return 'closed';
  return tail.version > HIGHEST_VERSION ? 'not-me' : null;
};
