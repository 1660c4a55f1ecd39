import { type BusMessage, HEADERS, type Subscription, subjects } from '@cordboard/bus';
import { type AppendError, type Keyring } from '@cordboard/event-store';
import { type Admission, createAdmission } from '../switch/admission.ts';
import { type Claim, claimSession, type Wanted } from './claim-session.ts';
import { createDeadlineWheel } from '../session/deadline-wheel.ts';
import { OwnedSession, type SessionLinks } from '../session/owned-session.ts';
import { type EnginePorts, type EngineSettings } from '../ports.ts';
import { createRecentClaims, type RecentClaims } from './recent-claims.ts';
import { createReclaims, type Reclaims } from './reclaims.ts';
import { createRoundTrip, type RoundTrip } from './round-trip.ts';
import { type SessionMemory } from '../session/session-memory.ts';
import { createTally, type Tally } from './tally.ts';

export interface OwnershipHooks {
  readonly dispatch: (session: OwnedSession, message: BusMessage) => void;
  readonly links: SessionLinks;
  /** This worker is found as the owner of the session from now on. */
  readonly adopted: (session: OwnedSession) => void;
  /** Whether this worker can use its log. */
  readonly works: () => boolean;
}

interface Entry {
  readonly session: OwnedSession;
  readonly heard: readonly Subscription[];
}

/** Sessions taken over at the same time: they share statements, and the event loop is not held up. */
const CLAIMS_AT_ONCE = 128;
/** From so many on, what nobody waits for is put off. */
const MANY_CLAIMS = 32;
/** A session that was given up is folded again after this time. */
const RECLAIM_MS = 250;
/** After an input that the log will not take, it waits so long. */
const RECLAIM_REFUSED_MS = 1_000;

/** Which sessions this worker owns, and how it comes to own one (design K6). */
export class Ownership {
  readonly #sessions = new Map<string, Entry>();
  readonly #claiming = new Map<string, Promise<Claim>>();
  readonly #reclaims: Reclaims;
  readonly #admission: Admission;
  readonly #roundTrip: RoundTrip;
  readonly #tally: Tally;
  readonly #recent: RecentClaims;
  readonly #wheel;
  #claimsHeard: Subscription | null = null;
  #stopped = false;
  #wanted = 0;

  constructor(
    private readonly ports: EnginePorts,
    private readonly settings: EngineSettings,
    private readonly hooks: OwnershipHooks,
  ) {
    const { clock, bus, log, metrics } = ports;
    this.#wheel = createDeadlineWheel<OwnedSession>(clock, (session) => session.elapse());
    this.#reclaims = createReclaims({ clock, works: hooks.works, claim: (wanted) => this.claim(wanted) });
    this.#roundTrip = createRoundTrip(bus);
    this.#recent = createRecentClaims(clock);
    this.#tally = createTally(clock, (counts) => log.info('sessions changed hands', counts));
    this.#admission = createAdmission({
      limit: CLAIMS_AT_ONCE,
      limitPerKey: CLAIMS_AT_ONCE,
      onChange: (underWay, waiting) => {
        metrics.level('claims_under_way', underWay);
        metrics.level('claims_waiting', waiting);
        this.#wanted = underWay + waiting;
      },
    });
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

  /** Sessions of another worker are taken over, many of them. */
  readonly isTakingOver = (): boolean => this.#wanted >= MANY_CLAIMS;

  /** Another worker has claimed it just now. */
  isTaken(sessionId: string): boolean {
    return this.#recent.has(sessionId);
  }

  owned(): readonly OwnedSession[] {
    return [...this.#sessions.values()].map(({ session }) => session);
  }

  /** Makes a session live in this worker without listening for it yet. */
  readonly build = (memory: SessionMemory, keyring: Keyring): OwnedSession =>
    new OwnedSession(
      this.ports,
      {
        memory,
        keyring,
        wheel: this.#wheel,
        links: this.hooks.links,
        settings: this.settings,
        roundTrip: this.#roundTrip,
      },
      {
        onClosed: (session) => this.drop(session),
        onLost: (session, error) => this.#onLost(session, error),
      },
    );

  /**
   * Listens for the session's messages; from here on this worker is found as its owner. False when the worker
   * is stopping or the session is lost already.
   */
  readonly adopt = async (session: OwnedSession): Promise<boolean> => {
    const { state, sessionId, memory } = session.runner;
    // Claimed by another worker before the log's answer to our own claim came.
    const isPast = this.#recent.epochOf(sessionId) > memory.head.epoch;
    if (this.#stopped || session.isDisposed || isPast) {
      session.dispose();
      return false;
    }
    const { bus, metrics, clock } = this.ports;
    const hear = (message: BusMessage): void => {
      session.touchedAt = clock.now();
      this.hooks.dispatch(session, message);
    };
    // Each owner has a group of its own: one that hangs on must not take its successor's messages away.
    const queue = { queue: `owner-${memory.head.epoch}` };
    this.#sessions.set(sessionId, {
      session,
      heard: [
        bus.subscribe(subjects.commandsOf(state.tenant, sessionId), hear, queue),
        bus.subscribe(subjects.ctiEventsOf(state.tenant, state.processor, sessionId), hear, queue),
      ],
    });
    metrics.owned(this.#sessions.size);
    this.#tally.count('adopted');
    await this.#roundTrip();
    if (session.isDisposed) return false;
    this.hooks.adopted(session);
    return true;
  };

  /** Takes the session over, or says who else has it; claims of one session at the same time are one claim. */
  claim(wanted: Wanted): Promise<Claim> {
    const { tenant, sessionId } = wanted;
    const mine = this.find(sessionId);
    if (mine !== null) return Promise.resolve(ownedBy(mine, tenant));
    // Whoever names another tenant's session must neither get it nor keep its owner from it.
    const key = `${tenant}/${sessionId}`;
    const running = this.#claiming.get(key);
    if (running !== undefined) return running;
    if (this.#stopped) return Promise.resolve({ kind: 'not-me' });
    if (!this.hooks.works()) return Promise.resolve({ kind: 'unavailable' });
    const claim = this.#claim(wanted).finally(() => this.#claiming.delete(key));
    this.#claiming.set(key, claim);
    return claim;
  }

  async #claim(wanted: Wanted): Promise<Claim> {
    const { ports, settings, build, adopt } = this;
    const { works } = this.hooks;
    try {
      return await claimSession({ ports, settings, admission: this.#admission, works, build, adopt }, wanted);
    } catch (error) {
      ports.log.error('a claim failed', { session: wanted.sessionId, error: String(error) });
      return { kind: 'unavailable' };
    }
  }

  /** The log cannot be used: who owns nothing answers for nothing (design K7). What was owned is claimed again later. */
  giveUpAll(): void {
    for (const { runner } of this.owned())
      runner.giveUp({ kind: 'unavailable', reason: 'the log is out of use' });
  }

  /** The log answers again. */
  resume(): void {
    this.#reclaims.resume();
  }

  /**
   * Gives everything up: each session finishes what is decided and sends what follows from it, then takes nothing
   * more in. What the switch answers from then on is for the next owner, who asks for it.
   */
  async release(): Promise<void> {
    this.#stopped = true;
    this.#wheel.stop();
    this.#reclaims.stop();
    await Promise.all(this.#claiming.values());
    const leave = ({ session, heard }: Entry): Promise<void> =>
      session.leave(() => {
        for (const one of heard) one.unsubscribe();
      });
    await Promise.all([...this.#sessions.values()].map(leave));
    for (const session of this.owned()) this.drop(session);
    this.#claimsHeard?.unsubscribe();
    this.#tally.flush();
  }

  /** Has the session no more, without a word in its log: whoever speaks to it claims it. */
  drop(session: OwnedSession): void {
    session.dispose();
    const entry = this.#sessions.get(session.runner.sessionId);
    if (entry?.session !== session) return;
    for (const one of entry.heard) one.unsubscribe();
    this.#sessions.delete(session.runner.sessionId);
    this.ports.metrics.owned(this.#sessions.size);
  }

  /** An owner that was frozen or cut off hears here that it owns a session no more, before it answers for it. */
  #onClaimHeard({ address, headers }: BusMessage): void {
    if (address?.kind !== 'event') return;
    const session = this.find(address.target.session);
    const epoch = Number(headers[HEADERS.epoch]);
    if (session === null) return this.#recent.heard(address.target.session, epoch);
    if (session.runner.state.tenant !== address.tenant) return;
    if (epoch <= session.runner.memory.head.epoch) return;
    session.runner.fence();
    this.#recent.heard(address.target.session, epoch);
  }

  #onLost(session: OwnedSession, error: AppendError): void {
    const { sessionId, state, memory } = session.runner;
    const known = this.find(sessionId) === session;
    this.drop(session);
    if (known) {
      this.ports.metrics.count('sessions_dropped');
      this.#tally.count(error.kind);
      const reason = 'reason' in error ? error.reason : undefined;
      this.ports.log.debug('session given up', { session: sessionId, cause: error.kind, reason });
      if (error.kind === 'refused')
        this.ports.log.error('a session could not be written', { session: sessionId, reason });
    }
    // Whatever was written last may stand in the log, and this worker beats: nobody else would look after it.
    const mayStand = known || error.kind === 'unknown';
    if (error.kind === 'fenced' || !mayStand) return;
    const delayMs = error.kind === 'refused' ? RECLAIM_REFUSED_MS : RECLAIM_MS;
    this.#reclaims.plan({ tenant: state.tenant, sessionId, after: memory.head.epoch }, delayMs);
  }
}

const ownedBy = (session: OwnedSession, tenant: string): Claim =>
  session.runner.state.tenant === tenant ? { kind: 'owned', session } : { kind: 'unknown' };
