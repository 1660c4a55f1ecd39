import { type BusMessage, HEADERS, type Subscription, subjects } from '@cordboard/bus';
import { type AppendError, type Keyring } from '@cordboard/event-store';
import { type Claim, claimSession, type Wanted } from './claim-session.ts';
import { createDeadlineWheel } from './deadline-wheel.ts';
import { OwnedSession, type SessionLinks } from './owned-session.ts';
import { type EnginePorts, type EngineSettings } from './ports.ts';
import { type SessionMemory } from './session-memory.ts';

export interface OwnershipHooks {
  readonly dispatch: (session: OwnedSession, message: BusMessage) => void;
  readonly links: SessionLinks;
  /** This worker is found as the owner of the session from now on. */
  readonly adopted: (session: OwnedSession) => void;
}

interface Entry {
  readonly session: OwnedSession;
  readonly heard: readonly Subscription[];
}

/** A session that was given up is folded again after this time. */
const RECLAIM_MS = 250;
/** While the log cannot be used, or after an input that it will not take, each further try waits so long. */
const RECLAIM_AGAIN_MS = 1_000;

/** Which sessions this worker owns, and how it comes to own one (design K6). */
export class Ownership {
  readonly #sessions = new Map<string, Entry>();
  readonly #claiming = new Map<string, Promise<Claim>>();
  /** Given up and to be claimed again, unless somebody else did meanwhile. */
  readonly #reclaims = new Map<string, Wanted>();
  readonly #wheel;
  #claimsHeard: Subscription | null = null;
  #stopped = false;

  constructor(
    private readonly ports: EnginePorts,
    private readonly settings: EngineSettings,
    private readonly hooks: OwnershipHooks,
  ) {
    this.#wheel = createDeadlineWheel<OwnedSession>(ports.clock, (session) => session.elapse());
  }

  /** Hears from now on who claims what. */
  start(): void {
    this.#claimsHeard = this.ports.bus.subscribe(subjects.ownershipClaims(), (message) =>
      this.#onClaimHeard(message),
    );
  }

  find(sessionId: string): OwnedSession | null {
    return this.#sessions.get(sessionId)?.session ?? null;
  }

  owned(): readonly OwnedSession[] {
    return [...this.#sessions.values()].map(({ session }) => session);
  }

  /** Makes a session live in this worker without listening for it yet. */
  readonly build = (memory: SessionMemory, keyring: Keyring): OwnedSession =>
    new OwnedSession(
      this.ports,
      { memory, keyring, wheel: this.#wheel, links: this.hooks.links, settings: this.settings },
      {
        onClosed: (session) => this.#drop(session),
        onLost: (session, error) => this.#onLost(session, error),
      },
    );

  /**
   * Listens for the session's messages; from here on this worker is found as its owner. False when the worker
   * is stopping or the session was lost already.
   */
  readonly adopt = async (session: OwnedSession): Promise<boolean> => {
    const { state, sessionId } = session.runner;
    if (this.#stopped || session.isDisposed) {
      session.dispose();
      return false;
    }
    const hear = (message: BusMessage): void => this.hooks.dispatch(session, message);
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
    this.hooks.adopted(session);
    return true;
  };

  /** Takes the session over, or says who else has it; claims of one session at the same time are one claim. */
  claim(wanted: Wanted): Promise<Claim> {
    const { tenant, sessionId } = wanted;
    const mine = this.find(sessionId);
    if (mine !== null) return Promise.resolve(ownedBy(mine, tenant));
    const running = this.#claiming.get(sessionId);
    if (running !== undefined) return running;
    if (this.#stopped) return Promise.resolve({ kind: 'not-me' });
    const { ports, build, adopt } = this;
    const claim = claimSession({ ports, workerId: this.settings.workerId, build, adopt }, wanted)
      .catch((error: unknown): Claim => {
        ports.log.error('a claim failed', { session: sessionId, error: String(error) });
        return { kind: 'unavailable' };
      })
      .finally(() => this.#claiming.delete(sessionId));
    this.#claiming.set(sessionId, claim);
    return claim;
  }

  /**
   * Gives everything up: takes nothing more in, finishes what is decided and sends what follows from it. What the
   * switch answers from now on is for the next owner, who asks for it.
   */
  async release(): Promise<void> {
    this.#stopped = true;
    this.#wheel.stop();
    this.#claimsHeard?.unsubscribe();
    for (const { heard } of this.#sessions.values()) for (const one of heard) one.unsubscribe();
    await Promise.all(this.#claiming.values());
    const all = this.owned();
    await Promise.all(all.map((session) => session.leave()));
    for (const session of all) this.#drop(session);
  }

  /** An owner that was frozen or cut off hears here that it owns a session no more, before it answers for it. */
  #onClaimHeard({ address, headers }: BusMessage): void {
    if (address?.kind !== 'event') return;
    const session = this.find(address.target.session);
    if (session === null || session.runner.state.tenant !== address.tenant) return;
    if (Number(headers[HEADERS.epoch]) > session.runner.memory.head.epoch) session.runner.fence();
  }

  #onLost(session: OwnedSession, error: AppendError): void {
    const { sessionId, state, memory } = session.runner;
    const known = this.find(sessionId) === session;
    this.#drop(session);
    if (known) {
      this.ports.metrics.count('sessions_dropped');
      const reason = 'reason' in error ? error.reason : undefined;
      this.ports.log.warn('session given up', { session: sessionId, cause: error.kind, reason });
    }
    // Whatever was written last may stand in the log, and this worker beats: nobody else would look after it.
    const mayStand = known || error.kind === 'unknown';
    if (error.kind === 'fenced' || !mayStand) return;
    const delayMs = error.kind === 'refused' ? RECLAIM_AGAIN_MS : RECLAIM_MS;
    this.#reclaim({ tenant: state.tenant, sessionId, after: memory.head.epoch }, delayMs);
  }

  #reclaim(wanted: Wanted, delayMs: number): void {
    const { sessionId } = wanted;
    const planned = this.#reclaims.has(sessionId);
    this.#reclaims.set(sessionId, wanted);
    if (!planned) this.ports.clock.after(delayMs, () => void this.#claimAgain(sessionId));
  }

  async #claimAgain(sessionId: string): Promise<void> {
    const wanted = this.#reclaims.get(sessionId);
    this.#reclaims.delete(sessionId);
    if (wanted === undefined || this.#stopped) return;
    const { kind } = await this.claim(wanted);
    if (kind === 'unavailable' && !this.#reclaims.has(sessionId)) this.#reclaim(wanted, RECLAIM_AGAIN_MS);
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
