import { type Bus, HEADERS } from '@cordboard/bus';
import {
  type Finding,
  isListed,
  type SurveyPlan,
  type SwitchAnswer,
  type SwitchReading,
  type SwitchRequest,
} from '@cordboard/domain';
import { type Clock, type IdSource } from '@cordboard/kernel';
import { requestToCti } from '@cordboard/translation';
import { type EngineLog, type EngineMetrics } from '../ports.ts';
import { failed, readAnswer, subjectOf, type SwitchPlace } from './switch-answers.ts';

export interface SurveyPorts {
  readonly bus: Bus;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly metrics: Pick<EngineMetrics, 'count'>;
  readonly log: Pick<EngineLog, 'error'>;
}

export interface SurveyWish {
  readonly place: SwitchPlace;
  readonly epoch: number;
  readonly plan: SurveyPlan;
  /** Reads only what is registered already, the session itself not at all (design K17). */
  readonly lightly: boolean;
}

/**
 * `findings` is null when the session itself could not be read. `unregistered`: the adapter lists something that it
 * was never told of, since the survey after its restart did not come so far.
 */
export type SurveyOutcome =
  | { readonly kind: 'over'; readonly findings: readonly Finding[] | null; readonly unregistered: boolean }
  /** The adapter has heard a later owner. */
  | { readonly kind: 'stale' }
  /** The adapter does not know the session. */
  | { readonly kind: 'forgotten' };

/** The limit of any question (bridge A8-2). */
const ANSWER_MS = 30_000;
/** What is not asked by then stays unread: somebody waits for the end. */
const SURVEY_MS = 60_000;

type Reply = SwitchAnswer | 'stale' | 'forgotten';

class Survey {
  readonly #findings: Finding[] = [];
  readonly #until: number;
  #end: () => void = () => undefined;
  #over = false;
  #unregistered = false;

  constructor(
    private readonly ports: SurveyPorts,
    private readonly wish: SurveyWish,
    private readonly done: (outcome: SurveyOutcome) => void,
  ) {
    this.#until = ports.clock.now() + SURVEY_MS;
  }

  async run(): Promise<void> {
    const { plan, lightly } = this.wish;
    if (lightly) await this.#walkAll(plan.children, null);
    else await this.#walk(plan, null);
    const [root] = this.#findings;
    const isUnread = !lightly && root?.found === 'unread';
    this.#finish({
      kind: 'over',
      findings: isUnread ? null : this.#findings,
      unregistered: this.#unregistered,
    });
  }

  /** A mistake of ours is the trouble of this session alone: it counts as not read, and is tried again. */
  fail(error: unknown): void {
    this.ports.log.error('a survey met a mistake of ours', { error: String(error) });
    this.#finish({ kind: 'over', findings: null, unregistered: false });
  }

  cancel(): void {
    this.#over = true;
    this.#end();
  }

  #finish(outcome: SurveyOutcome): void {
    if (this.#over) return;
    this.cancel();
    this.done(outcome);
  }

  async #walkAll(nodes: readonly SurveyPlan[], parent: SwitchReading | null): Promise<void> {
    for (const node of nodes) {
      if (this.#over) return;
      await this.#walk(node, parent);
    }
  }

  async #walk(node: SurveyPlan, parent: SwitchReading | null): Promise<void> {
    const { target, register, read, children } = node;
    if (parent !== null && !isListed(parent, node)) {
      this.#findings.push({ target, found: 'gone' });
      return;
    }
    const registered = register === null || this.wish.lightly ? null : await this.#ask(register);
    const answer = registered?.ok === false ? registered : await this.#ask(read);
    if (!answer.ok) {
      const refused = answer.cause === 'refused';
      if (refused && parent !== null && this.wish.lightly) this.#unregistered = true;
      this.#findings.push({ target, found: refused ? 'gone' : 'unread' });
      return;
    }
    this.#findings.push({ target, found: 'reading', reading: answer.reading });
    await this.#walkAll(children, answer.reading);
  }

  async #ask(request: SwitchRequest): Promise<SwitchAnswer> {
    const left = this.#until - this.ports.clock.now();
    if (this.#over || left <= 0) return failed('timeout', 'not asked');
    const reply = await this.#question(request, Math.min(left, ANSWER_MS));
    if (typeof reply === 'string') {
      this.#finish({ kind: reply });
      return failed('unknown', reply);
    }
    if (!reply.ok && reply.cause === 'malformed') this.ports.metrics.count('switch_answers_malformed');
    return reply;
  }

  /** Settles without an answer when time is up, when nobody is there, and when the survey is given up. */
  #question(request: SwitchRequest, limitMs: number): Promise<Reply> {
    const { bus, clock, ids, metrics } = this.ports;
    const { place, epoch } = this.wish;
    const subject = subjectOf(place, request);
    const text = JSON.stringify(requestToCti(request, ids.next(), place.processor));
    metrics.count('switch_requests');
    return new Promise((resolve) => {
      const settle = (reply: Reply): void => {
        cancelLimit();
        endAsking();
        resolve(reply);
      };
      const nothing = (): void => settle(failed('timeout', 'no answer'));
      const cancelLimit = clock.after(limitMs, nothing);
      const endAsking = bus.ask(subject, text, {
        headers: { [HEADERS.epoch]: String(epoch) },
        onReply: (message) => {
          const reply = readAnswer(request, message);
          if (reply !== 'pending') settle(reply);
        },
        onNoResponders: (why) => {
          // With our own connection gone nothing is known; the next owner asks.
          if (why === 'closed') this.cancel();
          else nothing();
        },
      });
      this.#end = nothing;
    });
  }
}

/** Asks the switch how it sees a session, object by object, parents first; the returned function gives it up. */
export const survey = (
  ports: SurveyPorts,
  wish: SurveyWish,
  done: (outcome: SurveyOutcome) => void,
): (() => void) => {
  const running = new Survey(ports, wish, done);
  void running.run().catch((error: unknown) => running.fail(error));
  return () => running.cancel();
};
