import { type Finding, mayBeSurveyed, surveyPlan } from '@cordboard/domain';
import { createAdmission } from './admission.ts';
import { createDeadlineWheel } from '../session/deadline-wheel.ts';
import { type OwnedSession } from '../session/owned-session.ts';
import { type EnginePorts, type EngineSettings } from '../ports.ts';
import { survey, type SurveyOutcome } from './survey.ts';

type Over = Extract<SurveyOutcome, { kind: 'over' }>;

/** One comparison, from its wait for a turn to its judgement. */
interface Run {
  readonly leave: () => void;
  end: () => void;
}

const AT_ONCE = 16;
/** A session that is busy is asked about so much later. */
const AGAIN_MS = 5_000;
/**
 * An answer may overtake an event that was said before it. What the switch says of it by itself in this time is
 * no difference.
 */
const LATE_EVENTS_MS = 1_000;

/** Somewhere in the interval, always the same for a session: they must not all come at once. */
const spread = (sessionId: string, everyMs: number): number => {
  let hash = 0;
  for (const character of sessionId) hash = (hash * 31 + character.charCodeAt(0)) >>> 0;
  return hash % everyMs;
};

const outcomeOf = (findings: readonly Finding[], differs: boolean): 'same' | 'different' | 'unread' => {
  if (differs) return 'different';
  return findings.some(({ found }) => found === 'unread') ? 'unread' : 'same';
};

/** Compares each session with its switch now and then, while nothing is going on in it (design K17). */
export class TimerSurveys {
  readonly #runs = new Map<OwnedSession, Run>();
  readonly #admission = createAdmission({ limit: AT_ONCE, limitPerKey: AT_ONCE / 2 });
  readonly #wheel;
  readonly #everyMs: number;

  constructor(
    private readonly ports: EnginePorts,
    private readonly settings: EngineSettings,
    private readonly onForgotten: (session: OwnedSession) => void,
  ) {
    this.#wheel = createDeadlineWheel<OwnedSession>(ports.clock, (session) => this.#due(session));
    this.#everyMs = settings.reconcileMs ?? 0;
  }

  adopted(session: OwnedSession): void {
    if (this.#everyMs > 0) this.#later(session, spread(session.runner.sessionId, this.#everyMs));
  }

  dropped(session: OwnedSession): void {
    this.#wheel.set(session, null);
    this.#endRun(session);
  }

  #later(session: OwnedSession, delayMs: number): void {
    if (!session.isDisposed) this.#wheel.set(session, this.ports.clock.now() + delayMs);
  }

  #endRun(session: OwnedSession): void {
    const run = this.#runs.get(session);
    this.#runs.delete(session);
    run?.end();
    run?.leave();
  }

  #due(session: OwnedSession): void {
    const { state } = session.runner;
    if (!mayBeSurveyed(state) || state.adapter === null) return this.#later(session, AGAIN_MS);
    const leave = this.#admission.enter(state.adapter.instance, () => this.#begin(session));
    this.#runs.set(session, { leave, end: () => undefined });
  }

  #begin(session: OwnedSession): void {
    const { state, memory } = session.runner;
    const { tenant, processor, adapter } = state;
    const run = this.#runs.get(session);
    const plan = mayBeSurveyed(state) ? surveyPlan(state, this.settings.house?.(tenant)) : null;
    if (run === undefined || plan === null || adapter === null) {
      this.#endRun(session);
      return this.#later(session, AGAIN_MS);
    }
    const place = { tenant, processor, instance: adapter.instance };
    const { epoch, seq } = memory.head;
    run.end = survey(this.ports, { place, epoch, plan, lightly: true }, (outcome) =>
      this.#onSurveyed(session, run, { outcome, seq }),
    );
  }

  #onSurveyed(
    session: OwnedSession,
    run: Run,
    { outcome, seq }: { readonly outcome: SurveyOutcome; readonly seq: number },
  ): void {
    run.leave();
    if (outcome.kind === 'over') {
      run.end = this.ports.clock.after(LATE_EVENTS_MS, () => this.#judge(session, outcome, seq));
      return;
    }
    this.#endRun(session);
    this.#later(session, this.#everyMs);
    if (outcome.kind === 'stale') session.runner.fence();
    else this.onForgotten(session);
  }

  #judge(session: OwnedSession, { findings: found, unregistered }: Over, seq: number): void {
    const { runner } = session;
    const findings = found ?? [];
    const { metrics, log } = this.ports;
    this.#endRun(session);
    if (runner.memory.head.seq !== seq || !mayBeSurveyed(runner.state)) {
      metrics.count('surveys', 1, { outcome: 'voided' });
      return this.#later(session, AGAIN_MS);
    }
    if (unregistered) {
      this.#later(session, this.#everyMs);
      return this.onForgotten(session);
    }
    session.note({ kind: 'surveyed', cause: 'timer', findings });
    const outcome = outcomeOf(findings, runner.memory.head.seq !== seq);
    metrics.count('surveys', 1, { outcome });
    if (outcome === 'different')
      log.warn('the switch differed from a session', { session: runner.sessionId });
    this.#later(session, this.#everyMs);
  }
}
