import { setTimeout as delay } from 'node:timers/promises';
import { emptySessionModel, type ModelEvent, reduceSession, type SessionModel } from '@cordboard/client';
import { type JsonObject } from '@cordboard/kernel';
import { tokenFor } from '../../e2e/support/agent.ts';
import { type Frame } from '../../e2e/support/desktop.ts';
import { type Random } from '../../e2e/support/random.ts';
import { type ClientLog, clientRecorder } from './client-log.ts';
import { type ClientLine, openLine } from './line.ts';

/** An agent's client: bare frames, comes back by itself, sends each command one to five times under one id. */
export interface Desk {
  readonly agent: string;
  readonly log: ClientLog;
  readonly model: () => SessionModel;
  readonly isBound: () => boolean;
  /** The last sequence received. */
  readonly cursor: () => number;
  /** Settles with the answer; null when none came within a minute. */
  readonly command: (command: string, target: string, data?: JsonObject) => Promise<Frame | null>;
  /** Commands that are not answered yet. */
  readonly unanswered: () => number;
  /** Reads nothing from its socket; the returned function goes on. */
  readonly stopReading: () => () => void;
  /** Breaks its socket; it comes back. */
  readonly drop: () => void;
  readonly close: () => void;
}

interface Sent {
  readonly frame: object;
  readonly settle: (answer: Frame | null) => void;
}

const ANSWER_MS = 60_000;
const BIND_MS = 5_000;
const RETRY_MS = 250;
/** Said again when the service was not able to. */
const NOT_NOW = ['SERVICE_UNAVAILABLE', 'TOO_MANY_REQUESTS'];
const EXTRA_COPIES = 4;
const COPIES_WITHIN_MS = 1_500;

export interface DeskOptions {
  readonly agent: string;
  readonly doors: readonly string[];
  readonly random: Random;
}

const eventsOf = (snapshot: unknown): readonly ModelEvent[] =>
  (snapshot as { readonly events?: readonly ModelEvent[] } | undefined)?.events ?? [];

class ChaosDesk implements Desk {
  readonly log;
  readonly agent: string;
  #model = emptySessionModel;
  #line: ClientLine | null = null;
  #bound = false;
  #over = false;
  #cursor = 0;
  #announced = 0;
  #count = 0;
  #token = '';
  readonly #sent = new Map<string, Sent>();

  constructor(private readonly options: DeskOptions) {
    this.agent = options.agent;
    this.log = clientRecorder(options.agent);
  }

  readonly model = () => this.#model;
  readonly isBound = () => this.#bound;
  readonly cursor = () => this.#cursor;
  readonly unanswered = () => this.#sent.size;
  readonly drop = () => this.#line?.leave();
  readonly stopReading = () => this.#line?.stopReading() ?? (() => undefined);

  /** Prepares a session of the agent; from then on it is kept bound. */
  async begin(): Promise<void> {
    const [door = ''] = this.options.doors;
    this.#token = await tokenFor(door, this.agent);
    const line = await openLine(door, this.#token, () => undefined);
    const requestId = this.#id();
    const agent = { id: this.agent, password: 'demo' };
    line.send({
      command: 'prepareSession',
      requestId,
      data: { model: '', override: true, processor: '', agent },
    });
    const answer = await line.response(requestId, ANSWER_MS);
    line.leave();
    const session = answer?.data?.session as { readonly id: string } | undefined;
    if (answer?.result !== 'success' || session === undefined)
      throw new Error(`no session for ${this.agent}: ${JSON.stringify(answer)}`);
    this.log.session = session.id;
    void this.#keepBound();
  }

  command(command: string, target: string, data: JsonObject = {}): Promise<Frame | null> {
    const id = this.#id();
    const frame = { command, target, data, requestId: id };
    return new Promise((resolve) => {
      const limit = setTimeout(() => {
        this.#sent.delete(id);
        this.log.note({ kind: 'unanswered', id, command });
        resolve(null);
      }, ANSWER_MS);
      const settle = (answer: Frame | null): void => {
        clearTimeout(limit);
        this.#sent.delete(id);
        resolve(answer);
      };
      this.#sent.set(id, { frame, settle });
      this.#say(id, frame);
      const copies = this.options.random.int(EXTRA_COPIES + 1);
      for (let copy = 0; copy < copies; copy += 1)
        setTimeout(() => this.#say(id, frame), this.options.random.int(COPIES_WITHIN_MS)).unref();
    });
  }

  close(): void {
    if (!this.#over) this.log.note({ kind: 'left' });
    this.#over = true;
    this.#line?.leave();
    for (const { settle } of [...this.#sent.values()]) settle(null);
  }

  #id(): string {
    this.#count += 1;
    return `${this.agent}-${this.#count}`;
  }

  #say(id: string, frame: object): void {
    if (this.#line === null || !this.#bound) return;
    const { command, target } = frame as { readonly command: string; readonly target: string };
    this.log.note({ kind: 'sent', id, command, target });
    this.#line.send(frame);
  }

  async #keepBound(): Promise<void> {
    const { doors, random } = this.options;
    for (let turn = random.int(doors.length); !this.#over; turn += 1) {
      try {
        const line = await openLine(doors[turn % doors.length] ?? '', this.#token, (frame, of) =>
          this.#hear(frame, of),
        );
        this.#line = line;
        if (await this.#bind(line)) this.log.note({ kind: 'closed', code: await line.closed });
        else line.leave();
      } catch {
        // The edge is away or does not answer: the next one is tried.
      }
      this.#bound = false;
      this.#line = null;
      await delay(50 + random.int(RETRY_MS));
    }
  }

  async #bind(line: ClientLine): Promise<boolean> {
    const requestId = this.#id();
    const target = this.log.session;
    const data = {
      client: `tab-${this.agent}`,
      ...(this.#cursor > 0 ? { afterSequence: this.#cursor } : {}),
    };
    line.send({ command: 'bindSession', target, data, requestId });
    const answer = await line.response(requestId, BIND_MS);
    return answer?.result === 'success';
  }

  #onBound(frame: Frame): void {
    const { mode, sequence, snapshot } = frame.data ?? {};
    const after = this.#cursor;
    if (mode === 'reset') {
      this.#cursor = Number(sequence);
      this.#model = eventsOf(snapshot).reduce(reduceSession, emptySessionModel);
    }
    this.#announced = this.#cursor;
    this.#bound = true;
    this.log.note({ kind: 'bound', mode: String(mode), after, sequence: Number(sequence) });
    for (const [id, { frame: unanswered }] of this.#sent) this.#say(id, unanswered);
  }

  #hear(frame: Frame, line: ClientLine): void {
    if (line !== this.#line && this.#line !== null) return;
    if (frame.messageType === 'objectEvent') this.#onEvent(frame, line);
    else if (frame.messageType === 'heartbeat') this.#onHeartbeat(frame.sequence ?? 0, line);
    else if (frame.command === 'bindSession' && frame.result === 'success') this.#onBound(frame);
    else if (frame.result !== undefined) this.#onAnswer(frame);
  }

  #onAnswer(frame: Frame): void {
    const { requestId: id = '', command = '', result = '', failure } = frame;
    if (command === 'bindSession') return;
    this.log.note({ kind: 'answer', id, command, result, code: failure?.code ?? null });
    const sent = this.#sent.get(id);
    if (sent === undefined) return;
    if (!NOT_NOW.includes(failure?.code ?? '')) return sent.settle(frame);
    setTimeout(() => {
      if (this.#sent.has(id)) this.#say(id, sent.frame);
    }, RETRY_MS).unref();
  }

  #onEvent({ sequence = 0, previous = null, target = '', name = '', data }: Frame, line: ClientLine): void {
    if (sequence === previous) return;
    if (sequence <= this.#cursor) return this.log.note({ kind: 'double', sequence });
    if ((previous ?? 0) !== this.#cursor) {
      this.log.note({ kind: 'gap', sequence, previous });
      return line.leave();
    }
    this.#cursor = sequence;
    this.log.note({ kind: 'event', sequence, previous });
    this.#model = reduceSession(this.#model, { target, name, data: (data ?? {}) as JsonObject });
  }

  /** Twice the same sequence ahead of ours: an event was lost, and nothing followed that would show it. */
  #onHeartbeat(sequence: number, line: ClientLine): void {
    if (this.#announced > this.#cursor) line.leave();
    this.#announced = sequence;
  }
}

/** Prepares an agent's session and keeps a client bound to it. */
export const openDesk = async (options: DeskOptions): Promise<Desk> => {
  const desk = new ChaosDesk(options);
  await desk.begin();
  return desk;
};
