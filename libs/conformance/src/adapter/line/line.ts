import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { controlTarget, type CtiMessage } from '@cordboard/cti-protocol';
import { type JsonObject } from '@cordboard/kernel';
import { Mismatch } from '../../check/mismatch.ts';
import { brief, textOf } from '../../wire/frame.ts';
import { type Asking, type Carrier, type Said } from '../carrier/carrier.ts';
import { type Heard, readHeard } from './heard.ts';
import { type Asked, judgeAnswer, judgeEvent } from './judge.ts';
import { Objects } from './objects.ts';
import { Rulebook } from './rules.ts';

export interface LineOptions {
  readonly processor: string;
  /** How long an answer or an event may take. */
  readonly timeoutMs: number;
  /** How long nothing has to come before it is believed that nothing comes. */
  readonly settleMs: number;
}

/** One question more than usual: the same id again, or metadata of NATS. */
export interface Special extends Asking {
  readonly requestId?: string | undefined;
  /** Less or more time than usual. */
  readonly timeoutMs?: number | undefined;
}

const CLOSED = 'the adapter closed the connection: what does its log say?';

const namesOf = (events: readonly Heard[]): string =>
  events.length === 0
    ? 'nothing'
    : events.map(({ name, target }) => `${name} (${target.split('.').slice(1).join('.')})`).join(', ');

/** The conversation with one adapter: asks, hears, remembers, and judges every message by the rules. */
export class Line {
  readonly heard: Heard[] = [];
  readonly book = new Rulebook();
  readonly objects = new Objects();
  readonly control: string;
  sent = 0;
  readonly #asked = new Map<string, Asked>();
  readonly #numbers = new Map<string, number>();
  readonly #waiting = new Set<() => void>();
  #cancelled: Error | null = null;
  #isLost = false;

  constructor(
    readonly carrier: Carrier,
    readonly options: LineOptions,
  ) {
    this.control = controlTarget(options.processor);
    carrier.hear((said) => this.#take(said));
    carrier.lost?.((isLost) => {
      this.#isLost = isLost;
      this.#lookAgain();
    });
  }

  /** The adapter has closed its connection and has not come again. */
  get isLost(): boolean {
    return this.#isLost;
  }

  #lookAgain(): void {
    for (const look of [...this.#waiting]) look();
  }

  /** The place after everything heard so far. */
  get mark(): number {
    return this.heard.length;
  }

  /** Nothing is waited for any more; whoever waits is told why. */
  cancel(why: Error): void {
    this.#cancelled = why;
    this.#lookAgain();
  }

  /** After a cancellation: what is left to be tidied up may wait again. */
  resume(): void {
    this.#cancelled = null;
  }

  #take(said: Said): void {
    const heard = readHeard(this.heard.length, said);
    this.heard.push(heard);
    const word = said.text === '' && said.answer !== undefined;
    if (!word)
      this.book.note(
        'A.2',
        heard.kind !== 'unreadable',
        'a message of the bridge',
        () => `${heard.problem}: ${brief(said.text)}`,
      );
    if (heard.kind === 'answer') this.#answered(heard);
    if (heard.kind === 'event' && said.repeated !== true) {
      judgeEvent(this.book, this.objects, heard);
      this.#count(heard);
    }
    this.#lookAgain();
  }

  #answered(heard: Heard): void {
    const asked = this.#asked.get(heard.requestId);
    judgeAnswer(this.book, this.objects, asked, heard);
    const { header, body } = asked?.question ?? {};
    if (header?.name !== 'cti.request.createsession' || heard.header['result'] !== 'SUCCESS') return;
    this.#numbers.delete(textOf(body?.['id']));
  }

  #count({ said: { ctiSeq }, target }: Heard): void {
    if (ctiSeq === undefined) return;
    const session = target.split('.')[0] ?? '';
    const expected = (this.#numbers.get(session) ?? 0) + 1;
    this.#numbers.set(session, ctiSeq);
    this.book.note('K9', ctiSeq === expected, `event number ${expected} of the session`, () =>
      String(ctiSeq),
    );
  }

  /** The first that `look` finds, in what was heard or will be heard in time. */
  async until<T>(
    look: () => T | undefined,
    expected: string,
    got: () => string,
    timeoutMs = this.options.timeoutMs,
  ): Promise<T> {
    return new Promise((resolve, reject) => {
      const settle = (act: () => void): void => {
        clearTimeout(timer);
        this.#waiting.delete(again);
        act();
      };
      const again = (): void => {
        const cancelled = this.#cancelled;
        if (cancelled !== null) return settle(() => reject(cancelled));
        const found = look();
        if (found !== undefined) return settle(() => resolve(found));
        if (this.#isLost) settle(() => reject(new Mismatch(expected, CLOSED)));
      };
      const timer = setTimeout(
        () => settle(() => reject(new Mismatch(`${expected} within ${timeoutMs} ms`, got()))),
        timeoutMs,
      );
      this.#waiting.add(again);
      again();
    });
  }

  /** Sends a question and nothing else; gives its id. */
  send(
    name: string,
    target: string,
    body: JsonObject = {},
    { requestId = randomUUID(), ...asking }: Special = {},
  ): string {
    const type = name.includes('.query.') ? 'cti.query' : 'cti.request';
    const question: CtiMessage = { header: { type, name, target, requestId }, body };
    this.expect(question);
    this.carrier.send(question, asking);
    return requestId;
  }

  /** A question is on its way: its answer is looked at as one to it. */
  expect(question: CtiMessage): void {
    const { requestId = '' } = question.header;
    const asked = this.#asked.get(requestId) ?? { question, sent: 0, answers: 0 };
    asked.sent += 1;
    this.#asked.set(requestId, asked);
    this.sent += 1;
  }

  /** Asks, and gives the answer. */
  async ask(name: string, target: string, body: JsonObject = {}, special: Special = {}): Promise<Heard> {
    const from = this.mark;
    const requestId = this.send(name, target, body, special);
    return this.answerTo(requestId, name, from, special.timeoutMs);
  }

  /** The answer to a question sent before. */
  async answerTo(requestId: string, name: string, from: number, timeoutMs?: number): Promise<Heard> {
    const look = (): Heard | undefined =>
      this.heard.slice(from).find((heard) => heard.kind === 'answer' && heard.requestId === requestId);
    const got = (): string => {
      const since = this.heard.slice(from);
      const odd = since.find(({ kind }) => kind === 'unreadable');
      if (odd !== undefined) return `what cannot be read (${odd.problem}): ${brief(odd.said.text)}`;
      return `no answer with its requestId; since then: ${brief(since.map(({ header }) => header))}`;
    };
    return this.until(look, `an answer to ${name}`, got, timeoutMs).catch((error: unknown) => {
      if (error instanceof Mismatch && !this.#isLost)
        this.book.note('A8-1', false, `one answer to ${name}`, () => 'none in time');
      throw error;
    });
  }

  /** Asks for something that has to succeed; gives the body of the answer. */
  async must(
    name: string,
    target: string,
    body: JsonObject = {},
    special: Special = {},
  ): Promise<JsonObject> {
    const answer = await this.ask(name, target, body, special);
    if (answer.header['result'] === 'SUCCESS') return answer.body;
    throw new Mismatch(
      `SUCCESS to ${name} ${brief(body)}`,
      `${textOf(answer.header['result'])}: ${textOf(answer.header['errorMessage'])}`,
    );
  }

  /** Asks for something that has to be refused; gives the reason. */
  async refused(name: string, target: string, body: JsonObject = {}, special: Special = {}): Promise<string> {
    const answer = await this.ask(name, target, body, special);
    if (answer.header['result'] === 'FAILURE') return textOf(answer.header['errorMessage']);
    throw new Mismatch(
      `FAILURE to ${name} ${brief(body)}`,
      `${textOf(answer.header['result'])} ${brief(answer.body)}`,
    );
  }

  /** Events of one object since a moment; of all objects without a target. */
  eventsSince(from: number, target?: string): readonly Heard[] {
    return this.heard
      .slice(from)
      .filter(
        ({ kind, said, ...heard }) =>
          kind === 'event' && said.repeated !== true && (target === undefined || heard.target === target),
      );
  }

  /** The first event of that name at that object since a moment. */
  async event(
    name: string,
    target: string,
    from: number,
    fits: (body: JsonObject) => boolean = () => true,
  ): Promise<Heard> {
    return this.until(
      () => this.eventsSince(from, target).find((heard) => heard.name === name && fits(heard.body)),
      `event ${name}`,
      () => `${namesOf(this.eventsSince(from))}`,
    );
  }

  /** These events of one object, in this order; others may stand between. */
  async inOrder(names: readonly string[], target: string, from: number): Promise<void> {
    const look = (): true | undefined => {
      let next = 0;
      for (const { name } of this.eventsSince(from, target)) if (name === names[next]) next += 1;
      return next === names.length ? true : undefined;
    };
    await this.until(look, `events ${names.join(', ')} in this order`, () =>
      namesOf(this.eventsSince(from, target)),
    );
  }

  /** Long enough for what was on its way. */
  async settled(): Promise<void> {
    await delay(this.options.settleMs);
  }

  /** Nothing that `fits` comes after a moment, waited for a while. */
  async nothing(what: string, from: number, fits: (heard: Heard) => boolean): Promise<void> {
    await this.settled();
    const come = this.eventsSince(from).filter(fits);
    if (come.length > 0) throw new Mismatch(`no ${what}`, namesOf(come));
  }
}
