import { surveyPlan } from '@cordboard/domain';
import { causeOf, isLive, lossOf } from './adapter-loss.ts';
import { createAdmission } from './admission.ts';
import { type AdapterDirectory, type AdapterView } from './adapter-directory.ts';
import { type ControlPlace } from './control-link.ts';
import {
  type LossCause,
  type LossReason,
  type OwnedSession,
  type SessionLinks,
} from '../session/owned-session.ts';
import { type EnginePorts, type EngineSettings } from '../ports.ts';
import { survey, type SurveyOutcome } from './survey.ts';
import { createTurn, type Turn } from './turn.ts';

/** A session whose adapter is away, or was, until it has been read again. */
interface Trouble {
  readonly since: number;
  readonly reason: LossReason | null;
  readonly turn: Turn;
  endSurvey: (() => void) | null;
  /** What is under way was begun for this cause; null while nothing is. */
  cause: LossCause | null;
}

const AT_ONCE = 64;
const TICK_MS = 500;
/** An instance that stays away so long may be replaced by another one of its processor. */
const MOVE_MS = 5_000;
/** Sessions looked at in one go; other work goes on between. */
const IN_ONE_GO = 256;

/**
 * Lets each session know when its adapter is lost, and has it read again when there is one (bridge D.15, design
 * K17): so many at a time, since a switch that comes back is not to be overrun.
 */
export class LinkWatch implements SessionLinks {
  readonly #troubles = new Map<OwnedSession, Trouble>();
  readonly #admission;
  #owned: () => readonly OwnedSession[] = () => [];
  #cancelTick: (() => void) | null = null;
  #stopped = false;

  constructor(
    private readonly ports: EnginePorts,
    private readonly settings: EngineSettings,
    private readonly adapters: AdapterDirectory,
  ) {
    this.#admission = createAdmission({
      limit: AT_ONCE,
      limitPerKey: AT_ONCE / 2,
      onChange: (underWay, waiting) => {
        ports.metrics.level('reconciliations_under_way', underWay);
        ports.metrics.level('reconciliations_waiting', waiting);
      },
    });
  }

  start(owned: () => readonly OwnedSession[]): void {
    this.#owned = owned;
    this.adapters.start((place) => this.#onAdapter(place));
    this.#tickSoon();
    // Who hears nothing any more knows nothing of adapters either.
    void this.ports.bus.closed.then(() => this.stop());
  }

  stop(): void {
    this.#stopped = true;
    this.#cancelTick?.();
    this.adapters.stop();
  }

  readonly isAway = (place: ControlPlace): boolean => this.adapters.view(place).is === 'away';

  /** This worker has just become the owner: what its adapter is like now is compared at once. */
  adopted(session: OwnedSession): void {
    this.#look(session);
  }

  readonly changed = (session: OwnedSession): void => {
    const { link, reconcile } = session.runner.state;
    if (link === 'down' || reconcile !== null || this.#troubles.has(session)) this.#look(session);
  };

  readonly forgotten = (session: OwnedSession): void => {
    const { phase } = session.runner.state;
    if (phase === 'INITIALIZING' || phase === 'STARTED') this.#lose(session, 'restarted');
  };

  /** Some of its events never came; what they said is read from the switch. */
  eventsLost(session: OwnedSession): void {
    this.#lose(session, 'events-lost');
  }

  readonly admit = (session: OwnedSession, send: () => void): void => this.#inTurn(session, send);

  readonly dropped = (session: OwnedSession): void => {
    const trouble = this.#troubles.get(session);
    if (trouble === undefined) return;
    this.#troubles.delete(session);
    this.#letGo(trouble);
  };

  #onAdapter({ tenant, processor, instance }: ControlPlace): void {
    const all = this.#owned().filter(({ runner: { state } }) => {
      return state.adapter?.instance === instance && state.processor === processor && state.tenant === tenant;
    });
    this.#lookAtAll(all);
  }

  #lookAtAll(sessions: readonly OwnedSession[]): void {
    for (const session of sessions.slice(0, IN_ONE_GO)) if (!session.isDisposed) this.#look(session);
    const rest = sessions.slice(IN_ONE_GO);
    if (rest.length > 0 && !this.#stopped) setImmediate(() => this.#lookAtAll(rest));
  }

  #tickSoon(): void {
    this.#cancelTick = this.ports.clock.after(TICK_MS, () => {
      this.#lookAtAll([...this.#troubles.keys()]);
      this.#tickSoon();
    });
  }

  #instanceOf({ runner: { state } }: OwnedSession): string {
    return state.adapter?.instance ?? '';
  }

  #viewFor(session: OwnedSession): AdapterView {
    const { tenant, processor } = session.runner.state;
    return this.adapters.view({ tenant, processor, instance: this.#instanceOf(session) });
  }

  #look(session: OwnedSession): void {
    const { state } = session.runner;
    if (this.#stopped || session.isDisposed || !isLive(state)) return this.dropped(session);
    const view = this.#viewFor(session);
    const reason = lossOf(state, view);
    if (reason !== null && (state.link === 'up' || state.reconcile !== null))
      return this.#lose(session, reason);
    if (state.reconcile !== null) return this.#guide(session, state.reconcile.stage, state.reconcile.cause);
    if (state.link === 'down') return this.#bringBack(session, view);
    this.#settled(session);
    // A worker that has just started may not have heard of the adapter yet.
    if (view.is === 'unheard') this.#troubleOf(session);
  }

  #troubleOf(session: OwnedSession, reason: LossReason | null = null): Trouble {
    const known = this.#troubles.get(session);
    if (known !== undefined) return known;
    const trouble: Trouble = {
      since: this.ports.clock.now(),
      reason,
      turn: createTurn(this.#admission),
      endSurvey: null,
      cause: null,
    };
    this.#troubles.set(session, trouble);
    return trouble;
  }

  #letGo(trouble: Trouble): void {
    trouble.endSurvey?.();
    trouble.endSurvey = null;
    trouble.turn.leave();
  }

  #lose(session: OwnedSession, reason: LossReason): void {
    if (session.isDisposed) return;
    this.dropped(session);
    this.ports.metrics.count('links_lost', 1, { reason });
    this.#troubleOf(session, reason);
    session.note({ kind: 'adapter-lost', reason });
    const { link, reconcile } = session.runner.state;
    if (link === 'down' && reconcile === null) this.#bringBack(session, this.#viewFor(session));
  }

  /** Begins to read the session again, at its own instance or, when that stays away, at another one. */
  #bringBack(session: OwnedSession, view: AdapterView): void {
    const { runner } = session;
    const { tenant, processor, adapter } = runner.state;
    const trouble = this.#troubleOf(session);
    if (view.is === 'ready') {
      return this.#begin(session, causeOf(runner.state, view, trouble.reason), view.adapter);
    }
    const isOverdue = this.ports.clock.now() - trouble.since >= MOVE_MS;
    const other = isOverdue ? this.adapters.pick(tenant, processor) : null;
    if (other === null || other.instance === adapter?.instance) return this.#letGo(trouble);
    this.#begin(session, 'adapter-moved', other);
  }

  #begin(session: OwnedSession, cause: LossCause, adapter: { readonly instance: string }): void {
    this.#inTurn(
      session,
      () => {
        const { link, reconcile, tenant, processor } = session.runner.state;
        const view = this.adapters.view({ tenant, processor, instance: adapter.instance });
        if (view.is !== 'ready' || link !== 'down' || reconcile !== null) return this.#look(session);
        session.note({ kind: 'reconcile', cause, adapter: view.adapter });
      },
      adapter.instance,
    );
  }

  #inTurn(session: OwnedSession, run: () => void, instance = this.#instanceOf(session)): void {
    this.#troubleOf(session).turn.take(instance, run);
  }

  /** What a reconciliation under way needs; the log-in is the domain's, and so is when it is tried again. */
  #guide(session: OwnedSession, stage: 'creating' | 'surveying' | 'waiting', cause: LossCause): void {
    const trouble = this.#troubleOf(session);
    if (stage === 'surveying') {
      trouble.cause = cause;
      if (trouble.endSurvey === null) this.#inTurn(session, () => this.#survey(session, trouble, cause));
      return;
    }
    trouble.endSurvey?.();
    trouble.endSurvey = null;
    if (stage === 'creating') {
      trouble.cause = cause;
      return;
    }
    if (trouble.cause !== null) this.#ended(session, cause, 'failed');
    trouble.cause = null;
    this.#letGo(trouble);
  }

  #survey(session: OwnedSession, trouble: Trouble, cause: LossCause): void {
    const { runner } = session;
    const { tenant, processor, adapter } = runner.state;
    const plan = surveyPlan(runner.state, this.settings.house?.(tenant));
    if (trouble.endSurvey !== null) return;
    if (plan === null || adapter === null) return session.note({ kind: 'surveyed', cause, findings: null });
    const place = { tenant, processor, instance: adapter.instance };
    const { epoch } = runner.memory.head;
    trouble.endSurvey = survey(this.ports, { place, epoch, plan, lightly: false }, (outcome) => {
      trouble.endSurvey = null;
      this.#onSurveyed(session, cause, outcome);
    });
  }

  #onSurveyed(session: OwnedSession, cause: LossCause, outcome: SurveyOutcome): void {
    if (session.isDisposed) return;
    if (outcome.kind === 'stale') return session.runner.fence();
    if (outcome.kind !== 'over') return this.#lose(session, 'restarted');
    if (session.runner.state.reconcile?.stage !== 'surveying') return;
    session.note({ kind: 'surveyed', cause, findings: outcome.findings });
  }

  #settled(session: OwnedSession): void {
    const cause = this.#troubles.get(session)?.cause ?? null;
    if (cause !== null) this.#ended(session, cause, 'done');
    this.dropped(session);
  }

  #ended({ runner: { sessionId } }: OwnedSession, cause: LossCause, outcome: 'done' | 'failed'): void {
    this.ports.metrics.count('reconciliations', 1, { cause, outcome });
    this.ports.log.info('session read again', { session: sessionId, cause, outcome });
  }
}
