import { BaseRpcContext, type CustomTransportStrategy, Server } from '@nestjs/microservices';
import { lastValueFrom } from 'rxjs';
import { answerResult } from './answers.ts';
import { type Bus, type BusMessage, type Subscription } from './bus.ts';
import { OWNERS_QUEUE, type Subject, subjects } from './subjects.ts';

interface Route {
  readonly subject: Subject;
  readonly queue?: string;
  /** What the sender hears when the handler failed; without it nothing, because the sender asks again. */
  readonly failure?: string;
  readonly isClaim?: true;
}

const failure = (message: string): string =>
  JSON.stringify({ result: 'failure', failure: { code: 'SERVICE_UNAVAILABLE', message } });
const FAILED = failure('The service could not handle the request. Please try again.');
const OVERLOADED = failure('The service is overloaded. Please try again in a moment.');

/** The patterns that a controller can name, with `@MessagePattern` or `@EventPattern`. */
const ROUTES: Readonly<Record<string, Route>> = {
  prepare: { subject: subjects.prepares(), queue: OWNERS_QUEUE, failure: FAILED },
  claim: { subject: subjects.claims(), queue: OWNERS_QUEUE, isClaim: true },
  'claim-by-any': { subject: subjects.claimsByAny(), isClaim: true },
  hello: { subject: subjects.ctiHellos(), queue: OWNERS_QUEUE },
  status: { subject: subjects.ctiStatuses() },
};

export interface NestStrategyOptions {
  /** Messages in handling at once; more are turned away. Default 16,384: a dead worker's sessions come in one burst. */
  readonly maxInFlight?: number | undefined;
  readonly onOverload?: ((pattern: string) => void) | undefined;
  /** Whether the sender of a claim that has just arrived gets its receipt at once, before its turn. */
  readonly mayReceiveClaim?: ((message: BusMessage) => boolean) | undefined;
}

const MAX_IN_FLIGHT = 16_384;
type Handler = (message: BusMessage, context: BaseRpcContext) => Promise<unknown>;

class BusStrategy extends Server implements CustomTransportStrategy {
  readonly #subscriptions: Subscription[] = [];
  #inFlight = 0;

  constructor(
    private readonly bus: Bus,
    private readonly options: NestStrategyOptions,
  ) {
    super();
  }

  listen(callback: (error?: unknown) => void): void {
    try {
      for (const [pattern, handler] of this.getHandlers()) this.#serve(pattern, handler as Handler);
    } catch (error) {
      return callback(error);
    }
    this.bus.flush().then(() => callback(), callback);
  }

  close(): void {
    for (const subscription of this.#subscriptions.splice(0)) subscription.unsubscribe();
  }

  on(): never {
    throw new Error('the bus tells of its end by its promise `closed`');
  }

  unwrap<T>(): T {
    return this.bus as T;
  }

  #serve(pattern: string, handler: Handler): void {
    const route = ROUTES[pattern];
    if (route === undefined) {
      throw new Error(`no subject for the pattern ${pattern}; there are ${Object.keys(ROUTES).join(', ')}`);
    }
    const { maxInFlight = MAX_IN_FLIGHT, onOverload, mayReceiveClaim } = this.options;
    const mayReceive = route.isClaim === true ? mayReceiveClaim : undefined;
    const hear = (message: BusMessage): void => {
      if (this.#inFlight >= maxInFlight) {
        onOverload?.(pattern);
        if (route.failure !== undefined) answerResult(message, OVERLOADED);
        return;
      }
      void this.#handle(route, handler, message);
    };
    this.#subscriptions.push(this.bus.subscribe(route.subject, hear, { queue: route.queue, mayReceive }));
  }

  /** Never rejects: Nest has logged what a handler raised by the time it arrives here. */
  async #handle(route: Route, handler: Handler, message: BusMessage): Promise<void> {
    this.#inFlight += 1;
    try {
      const outcome = this.transformToObservable(await handler(message, new BaseRpcContext([message])));
      const answer: unknown = await lastValueFrom(outcome, { defaultValue: undefined });
      if (answer !== undefined && answer !== null) answerResult(message, JSON.stringify(answer));
    } catch {
      if (route.failure !== undefined) answerResult(message, route.failure);
    } finally {
      this.#inFlight -= 1;
    }
  }
}

/**
 * Serves Nest controllers on the process's one connection. A handler for `prepare`, `claim`, `hello` (each in the
 * workers' queue group, all tenants) or `status` (every worker) gets the `BusMessage` as its payload; it answers
 * through `message.reply`, or by returning what becomes the JSON of the result. What it raises is logged by Nest
 * and answered with a failure where the sender does not ask again by itself.
 */
export const createNestStrategy = (bus: Bus, options: NestStrategyOptions = {}): CustomTransportStrategy =>
  new BusStrategy(bus, options);
