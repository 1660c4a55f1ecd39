import { capability, type CapabilityKey } from '@cordboard/cti-protocol';
import { type JsonObject } from '@cordboard/kernel';
import { insist } from '../../check/mismatch.ts';
import { textOf } from '../../wire/frame.ts';
import { type PhoneSystem } from '../../wire/phone-system.ts';
import { NotRun } from './not-run.ts';
import { type Line } from '../line/line.ts';
import { type Agent, Desk, type Media, type Work } from './desk.ts';
import { shut, tidy } from './tidy.ts';

/** Both ends of a call between two agents. */
export interface Pair {
  readonly out: Work;
  readonly in: Work;
}

export interface StageOptions {
  readonly line: Line;
  readonly agents: readonly Agent[];
  /** The simulated phone system, when the adapter has one. */
  readonly world: PhoneSystem | null;
  /** A number that somebody answers. */
  readonly dial: string | null;
  readonly capabilities: JsonObject;
}

const ORDINALS = ['an agent', 'a second agent', 'a third agent'];

/** Some agents, and the ways to bring their desks into the state that a check begins with. */
export class Stage {
  readonly line: Line;
  readonly #desks: Desk[];

  constructor(private readonly options: StageOptions) {
    this.line = options.line;
    this.#desks = options.agents.map((agent) => new Desk(options.line, agent));
  }

  can(key: CapabilityKey): boolean {
    return capability(this.options.capabilities, key);
  }

  /** Goes on only if the adapter says that it can. */
  needs(key: CapabilityKey): void {
    if (!this.can(key)) throw new NotRun(`the adapter says ${key} false`);
  }

  needsNats(): void {
    if (this.line.carrier.kind !== 'nats') throw new NotRun('over NATS only');
  }

  /** What a simulated phone system does; not run without one. */
  get world(): PhoneSystem {
    if (this.options.world !== null) return this.options.world;
    throw new NotRun('needs a phone system to act on: give --simulator');
  }

  get agents(): readonly Agent[] {
    return this.options.agents;
  }

  /** One of the agents, whether its desk is open or not. */
  seat(index: number): Desk {
    const desk = this.#desks[index];
    if (desk === undefined)
      throw new NotRun(`needs ${ORDINALS[index] ?? 'more agents'}: name more with --agent`);
    return desk;
  }

  /** The desk of an agent, open, without work. */
  async desk(index = 0, media?: Media): Promise<Desk> {
    const desk = this.seat(index);
    const same = media === undefined || JSON.stringify(media) === JSON.stringify(desk.media);
    if (desk.session !== '' && same) return desk;
    await shut(desk);
    await desk.open(media ?? { chat: false, email: false, callback: false });
    // Work of an earlier run is no matter of this one.
    await tidy([desk]);
    return desk;
  }

  /** The desk of an agent whose telephone is active. */
  async active(index = 0): Promise<Desk> {
    const desk = await this.desk(index);
    await desk.active();
    return desk;
  }

  /** The first agent calls the second, whose telephone rings. */
  async ringing(): Promise<Pair> {
    const { caller, called, from } = await this.dialled();
    const out = await caller.offered(from);
    const pair = { out, in: await called.offered(from) };
    for (const { primary, reading } of [pair.out, pair.in])
      insist(primary !== '', 'conversations.primary in the reading of a live call', reading);
    return pair;
  }

  /** The first agent calls the second; nothing of the call is registered yet. */
  async dialled(): Promise<{ readonly caller: Desk; readonly called: Desk; readonly from: number }> {
    const [caller, called] = [await this.active(0), await this.active(1)];
    await this.line.settled();
    const from = this.line.mark;
    await caller.must('channel.request.dial', caller.phone, { destination: called.agent.extension });
    return { caller, called, from };
  }

  /** They talk. */
  async talking(): Promise<Pair> {
    const pair = await this.ringing();
    await this.answered(pair.in, pair.out.primary);
    return pair;
  }

  /** The first agent talks: with the second, or with whoever answers at the number that was given. */
  async onCall(): Promise<Work> {
    const { agents, dial } = this.options;
    if (agents.length > 1) return (await this.talking()).out;
    if (dial !== null) return this.calling(dial);
    throw new NotRun(
      'needs somebody to talk to: name a second agent with --agent, or a number that answers with --dial',
    );
  }

  private async calling(destination: string): Promise<Work> {
    const desk = await this.active(0);
    await this.line.settled();
    const from = this.line.mark;
    await desk.must('channel.request.dial', desk.phone, { destination });
    const work = await desk.offered(from);
    const found = this.line.objects.known.get(work.primary)?.reading['conversation-state'];
    if (found !== 'TALKING') await this.line.event('conversation.talking', work.primary, from);
    await this.line.settled();
    return work;
  }

  /** Accepts a call that rings; `other` is the leg that rings it. */
  async answered(work: Work, other: string): Promise<void> {
    const from = this.line.mark;
    await work.desk.must('interaction.request.accept', work.interaction);
    await this.line.event('conversation.talking', work.primary, from);
    await this.line.event('conversation.talking', other, from);
    await this.line.settled();
  }

  /** The number of a third party who can be rung, and the desk that answers when it is an agent. */
  async third(): Promise<{ readonly number: string; readonly desk: Desk | null }> {
    if (this.#desks.length > 2) {
      const desk = await this.active(2);
      return { number: desk.agent.extension, desk };
    }
    if (this.options.dial !== null) return { number: this.options.dial, desk: null };
    throw new NotRun(
      'needs a third party: name a third agent with --agent, or a number that answers with --dial',
    );
  }

  /** The first agent asks a third party while the second waits; the leg rings, or is answered. */
  async consulting(
    answer = true,
  ): Promise<Pair & { readonly consult: string; readonly third: Work | null; readonly number: string }> {
    this.needs('consult-supported');
    const pair = await this.talking();
    const { number, desk } = await this.third();
    const { out } = pair;
    const from = this.line.mark;
    const { nativeid } = await out.desk.must('interaction.request.consult', out.interaction, {
      destination: number,
    });
    const nativeId = typeof nativeid === 'string' ? nativeid : await this.namedLeg(out, from);
    const consult = await out.desk.join(out.interaction, nativeId);
    const third = desk === null ? null : await desk.offered(from);
    if (answer && third !== null) await this.answered(third, consult);
    else if (answer) await this.line.event('conversation.talking', consult, from);
    await this.line.settled();
    return { ...pair, consult, third, number };
  }

  private async namedLeg({ interaction }: Work, from: number): Promise<string> {
    const { body } = await this.line.event('interaction.consult', interaction, from);
    return textOf(body['nativeid']);
  }

  /** After a check: desks without work; after one that failed: no desks at all. */
  async tidy(failed: boolean): Promise<void> {
    const desks = this.#desks.filter(({ session }) => session !== '');
    const empty = async (): Promise<boolean> =>
      tidy(desks).then(
        () => true,
        () => false,
      );
    if (failed || !(await empty())) await this.leave();
  }

  /** Everybody leaves. */
  async leave(): Promise<void> {
    for (const desk of this.#desks) await shut(desk).catch(() => undefined);
  }
}
