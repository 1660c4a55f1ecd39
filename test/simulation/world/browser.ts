import { isJsonObject, type Json, type JsonObject } from '@cordboard/kernel';
import { createHost, type Host } from './host.ts';
import { type Random } from './random.ts';
import { type Asked, type ClientLog, type Stretch } from './records.ts';
import { type Scheduler } from './scheduler.ts';
import { type BrowserEar, type BrowserEnd } from './socket.ts';

export interface BrowserPorts {
  readonly scheduler: Scheduler;
  readonly random: Random;
  readonly agent: string;
  /** Id of the tab. */
  readonly client: string;
  readonly log: ClientLog;
  /** Opens a socket to some edge. */
  readonly connect: (host: Host, ear: BrowserEar) => BrowserEnd;
}

/** What a browser sees of its session's objects: by path, which commands are accepted now. */
export type View = ReadonlyMap<string, Readonly<Record<string, boolean>>>;

const TAKEN_OVER = 4001;
const ENDED = 1000;
const AGAIN_MS = 1_500;
const UNANSWERED_MS = 20_000;

const stringIn = (value: Json | undefined): string => (typeof value === 'string' ? value : '');

/** One tab of one agent: sends commands, keeps a cursor, comes back after every loss, writes down what it sees. */
export class Browser {
  readonly host: Host;
  session: string | null = null;
  started = false;
  #socket: BrowserEnd | null = null;
  #bound = false;
  #dropped = false;
  #cursor: number | null = null;
  #stretch: Stretch | null = null;
  #takeover = false;
  #count = 0;
  readonly #view = new Map<string, Readonly<Record<string, boolean>>>();
  /** Without an answer yet, by request id: sent again on every new binding. */
  readonly #open = new Map<string, string>();
  readonly #waiting = new Map<string, (body: JsonObject) => void>();

  constructor(private readonly ports: BrowserPorts) {
    this.host = createHost(ports.scheduler, `tab-${ports.client}`);
  }

  get view(): View {
    return this.#view;
  }

  get isBound(): boolean {
    return this.#bound;
  }

  /** It has its session no more, and does not come back by itself. */
  get isOut(): boolean {
    return this.#dropped;
  }

  open(): void {
    this.#dropped = false;
    const socket = this.ports.connect(this.host, {
      onText: (text) => this.#socket === socket && this.#onText(text),
      onClose: (code) => {
        if (this.#socket === socket) this.#onClose(code);
      },
    });
    this.#socket = socket;
    if (this.session !== null) this.#bind();
  }

  /** The socket breaks; the browser comes back by itself after a while. */
  lose(awayMs = 0): void {
    this.#socket?.close();
    this.#onClose(1006, awayMs);
  }

  prepare(override: boolean, done: (body: JsonObject) => void): void {
    const { agent } = this.ports;
    const data = { agent: { id: agent, password: 'demo' }, override };
    this.#ask('prepareSession', '', data, done);
  }

  /** Takes the session of the agent into this tab. */
  hold(session: string, takeover: boolean): void {
    if (this.session !== session) this.#beginAnew();
    this.session = session;
    this.#takeover = takeover;
    this.#dropped = false;
    if (this.#socket === null) this.open();
    else this.#bind();
  }

  /** Lets the session go, which ended or was refused. */
  leave(): void {
    this.session = null;
    this.#beginAnew();
    this.#open.clear();
    for (const requestId of [...this.#waiting.keys()]) this.#settle(requestId, { result: 'unanswered' });
  }

  /** Sends a command, and again now and then as often as told. */
  command(
    command: string,
    target: string,
    data: JsonObject,
    times: number,
    done: (body: JsonObject) => void,
  ): void {
    const requestId = this.#ask(command, target, data, done);
    for (let time = 1; time < times; time += 1) {
      this.#after(this.ports.random.next() * 400, () => this.#repeat(requestId));
    }
  }

  /** What this tab still waits for goes on in another one of the same agent. */
  handOver(to: Browser): void {
    for (const [requestId, text] of this.#open) {
      to.#open.set(requestId, text);
      const done = this.#waiting.get(requestId);
      if (done !== undefined) to.#waiting.set(requestId, done);
    }
    this.#open.clear();
    this.#waiting.clear();
  }

  /** Binds as one that knows nothing, to hear all that the owner knows. */
  askAll(session: string, done: (body: JsonObject) => void): void {
    this.#beginAnew();
    this.open();
    this.#ask('bindSession', session, { client: `${this.ports.client}-all`, takeover: true }, done);
  }

  /** Everything is over: what this tab has must be all there is, if it is bound. */
  finish(): void {
    if (this.#stretch !== null && this.#bound) this.#stretch.liveAt = this.ports.scheduler.now();
  }

  #after(delayMs: number, task: () => void): void {
    this.host.clock.after(delayMs, task);
  }

  #ask(command: string, target: string, data: JsonObject, done: (body: JsonObject) => void): string {
    const { agent, client, log, scheduler } = this.ports;
    this.#count += 1;
    const requestId = `${client}-${String(this.#count)}`;
    const asked: Asked = {
      agent,
      requestId,
      command,
      target,
      data,
      step: scheduler.step(),
      at: scheduler.now(),
      times: 0,
      answers: [],
    };
    log.asked.set(requestId, asked);
    const text = JSON.stringify({ command, requestId, ...(target === '' ? {} : { target }), data });
    const once = command === 'prepareSession' || command === 'bindSession';
    if (!once) this.#open.set(requestId, text);
    this.#waiting.set(requestId, done);
    if (once || this.#bound) this.#send(requestId, text);
    if (once) this.#after(UNANSWERED_MS, () => this.#settle(requestId, { result: 'unanswered' }));
    return requestId;
  }

  #repeat(requestId: string): void {
    const text = this.#open.get(requestId);
    if (text !== undefined && this.#bound) this.#send(requestId, text);
  }

  #send(requestId: string, text: string): void {
    const asked = this.ports.log.asked.get(requestId);
    if (asked !== undefined) asked.times += 1;
    this.#socket?.send(text);
  }

  #bind(): void {
    const { session } = this;
    if (session === null) return;
    this.#bound = false;
    const cursor = this.#cursor === null ? {} : { afterSequence: this.#cursor };
    const data = { client: this.ports.client, takeover: this.#takeover, ...cursor };
    const socket = this.#socket;
    this.#ask('bindSession', session, data, (body) => {
      if (this.#socket === socket && this.session === session) this.#onBind(body);
    });
  }

  #onBind({ result, data, failure }: JsonObject): void {
    if (result === 'success' && isJsonObject(data)) return this.#begin(data);
    const code = isJsonObject(failure) ? stringIn(failure.code) : '';
    if (code === 'SESSION_CLOSED' || code === 'UNKNOWN_TARGET') return this.leave();
    if (code === 'SESSION_BOUND') return this.#drop();
    this.#after(AGAIN_MS, () => this.session !== null && !this.#bound && !this.#dropped && this.#again());
  }

  #begin({ mode, sequence, started, snapshot }: JsonObject): void {
    const last = typeof sequence === 'number' ? sequence : 0;
    this.#bound = true;
    this.#takeover = false;
    this.started = started === true;
    if (mode === 'reset') {
      this.#stretch = null;
      this.#view.clear();
      this.#cursor = last;
      const events = isJsonObject(snapshot) && Array.isArray(snapshot.events) ? snapshot.events : [];
      for (const event of events) if (isJsonObject(event)) this.#show(event);
    }
    this.#stretch ??= this.#beginStretch(this.#cursor ?? 0);
    for (const [requestId, text] of this.#open) this.#send(requestId, text);
  }

  #beginStretch(from: number): Stretch {
    const { agent, log } = this.ports;
    const stretch: Stretch = { agent, session: this.session ?? '', from, frames: [], liveAt: null };
    log.stretches.push(stretch);
    return stretch;
  }

  #beginAnew(): void {
    this.#bound = false;
    this.started = false;
    this.#cursor = null;
    this.#stretch = null;
    this.#view.clear();
  }

  #drop(): void {
    this.#bound = false;
    this.#dropped = true;
    this.#socket?.close();
    this.#socket = null;
  }

  #again(): void {
    this.#socket?.close();
    this.#socket = null;
    this.open();
  }

  #onClose(code: number, awayMs = 0): void {
    this.#bound = false;
    this.#socket = null;
    if (code === TAKEN_OVER) return this.#drop();
    if (code === ENDED && this.session === null) return;
    this.#after(50 + awayMs + this.ports.random.next() * 500, () => {
      if (this.#socket === null && !this.#dropped) this.open();
    });
  }

  #onText(text: string): void {
    const frame = JSON.parse(text) as JsonObject;
    if (frame.messageType === 'objectEvent') return this.#onEvent(frame);
    if (frame.messageType !== undefined) return;
    const requestId = stringIn(frame.requestId);
    const { log, scheduler } = this.ports;
    log.asked.get(requestId)?.answers.push({ step: scheduler.step(), at: scheduler.now(), body: frame });
    this.#settle(requestId, frame);
  }

  /** An answer that says "again" is no outcome: the same command goes out again. */
  #settle(requestId: string, body: JsonObject): void {
    const { failure } = body;
    const code = isJsonObject(failure) ? stringIn(failure.code) : '';
    if (code === 'SERVICE_UNAVAILABLE' && this.#open.has(requestId)) {
      return this.#after(AGAIN_MS * this.ports.random.next(), () => this.#repeat(requestId));
    }
    this.#open.delete(requestId);
    const done = this.#waiting.get(requestId);
    this.#waiting.delete(requestId);
    done?.(body);
  }

  #onEvent(event: JsonObject): void {
    const { sequence, previous, name, target } = event;
    // Before the answer to a bind, events are those of the binding before it: the cursor was sent already.
    if (typeof sequence !== 'number' || name === 'session.unbound' || !this.#bound) return;
    this.#show(event);
    if (sequence === previous) return;
    this.#cursor = sequence;
    this.#stretch?.frames.push({ sequence, name: stringIn(name), target: stringIn(target) });
  }

  #show({ name, target, data }: JsonObject): void {
    const path = stringIn(target);
    const { capabilities } = isJsonObject(data) ? data : {};
    if (name === 'state.updated' && isJsonObject(capabilities)) {
      this.#view.set(path, capabilities as Readonly<Record<string, boolean>>);
    }
    if (stringIn(name).endsWith('.disposed')) this.#view.delete(path);
  }
}
