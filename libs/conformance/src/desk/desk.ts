import { type JsonObject } from '@cordboard/kernel';
import { insist } from '../check/mismatch.ts';
import { type Frame, isEvent, objectOf, textOf } from '../wire/frame.ts';
import { type Condition, type Socket } from '../wire/socket.ts';
import { learn, type Thing, type Things } from './objects.ts';

/** An agent's socket with the session bound on it, and what its events have told. */
export class Desk {
  readonly #things: Things = new Map();
  #learnt = 0;

  constructor(
    readonly agent: string,
    readonly socket: Socket,
    readonly session: string,
    /** Events of a snapshot that the bind gave, in place of those that came before. */
    readonly known: readonly Frame[] = [],
  ) {
    for (const frame of known) learn(this.#things, frame);
  }

  /** How many frames have come; a place to look from. */
  get mark(): number {
    return this.socket.frames.length;
  }

  get things(): ReadonlyMap<string, Thing> {
    const { frames } = this.socket;
    for (; this.#learnt < frames.length; this.#learnt += 1) learn(this.#things, frames[this.#learnt] ?? {});
    return this.#things;
  }

  /** The session has told all it had to tell at its start. */
  get isStarted(): boolean {
    return [...this.known, ...this.socket.frames].some(({ name }) => name === 'session.initialized');
  }

  thing(path: string): Thing {
    const found = this.things.get(path);
    if (found === undefined) throw new Error(`${path} is not there`);
    return found;
  }

  of(kind: string): readonly Thing[] {
    return [...this.things.values()].filter((thing) => thing.kind === kind);
  }

  under(path: string): readonly Thing[] {
    return [...this.things.values()].filter(({ parent }) => parent === path);
  }

  ask(command: string, target: string, data: JsonObject = {}): Promise<Frame> {
    return this.socket.ask(command, target, data);
  }

  /** Asks for what has to succeed before a check can begin. */
  async must(command: string, target: string, data: JsonObject = {}): Promise<Frame> {
    const answer = await this.ask(command, target, data);
    insist(answer.result === 'success', `success of ${command} on the way to the check`, answer);
    return answer;
  }

  /** The first event from `from` on by name, and by target and state where given. */
  event(
    name: string,
    from: number,
    { target, state }: { target?: string; state?: string } = {},
  ): Promise<Frame> {
    const matches: Condition = (frame) =>
      isEvent(frame) &&
      frame.name === name &&
      (target === undefined || frame.target === target) &&
      (state === undefined || objectOf(frame.data)['state'] === state);
    return this.socket.until(matches, from, [name, target, state].filter(Boolean).join(' '));
  }

  /** Waits until an object has a state, which it may have already. */
  async reaches(path: string, state: string): Promise<void> {
    await this.until(() => this.things.get(path)?.state === state, `${path} ${state}`);
  }

  /** Waits until what is known has a property. */
  async until(holds: () => boolean, what: string): Promise<void> {
    if (holds()) return;
    await this.socket.until(() => holds(), this.mark, what);
  }

  /**
   * Everything that follows from what was asked so far has come: a command that goes to the phone system and
   * back, and raises nothing, has been answered.
   */
  async quiet(): Promise<void> {
    await this.ask('session.request.getdirectory', this.session);
  }

  events(from = 0): readonly Frame[] {
    return this.socket.frames.slice(from).filter(isEvent);
  }

  capability(path: string, command: string): boolean {
    return this.things.get(path)?.capabilities[command] === true;
  }
}

/** The id in a `*.created` event's data, or in the answer to prepareSession. */
export const idIn = (frame: Frame, kind: string): string =>
  textOf(objectOf(objectOf(frame.data)[kind])['id']);
