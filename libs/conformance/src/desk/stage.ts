import { type JsonObject } from '@cordboard/kernel';
import { type Places } from '../check/event-list.ts';
import { type PhoneSystem } from '../wire/phone-system.ts';
import { type Frame } from '../wire/frame.ts';
import { type Desk } from './desk.ts';
import { type Thing } from './objects.ts';
import { type Access, boundDesk, start } from './sign-in.ts';
import { tidy } from './tidy.ts';

/** Numbers of the simulated switch, by what the far end does. */
export const NUMBERS = {
  answers: '+12025550100',
  busy: '+12025550101',
  ringsOn: '+12025550102',
  fails: '+12025550103',
  hangsUp: '+12025550104',
  needsSkill: '+12025550105',
  refused: '+12025550106',
} as const;

const byType =
  (type: string) =>
  ({ about }: Thing): boolean =>
    about['type'] === type;

/** One request with its answer and the events that belong to it, in the order of their arrival. */
export interface Exchange {
  readonly command: string;
  readonly agent: string;
  readonly request: JsonObject;
  readonly frames: readonly Frame[];
  readonly places: Places;
}

/** One agent, and the ways to bring the agent's objects into the state that a check begins with. */
export class Stage {
  /** What was said, of the checks that are worth showing. */
  readonly exchanges: Exchange[] = [];
  #desk: Desk | null = null;

  constructor(
    readonly access: Access,
    readonly agent: string,
    /** Session id of another agent, or one that nobody has. */
    readonly foreign: () => string,
    private readonly outside: PhoneSystem | null,
  ) {}

  /** The agent's present desk. */
  get desk(): Desk {
    if (this.#desk === null) throw new Error('nobody is signed in');
    return this.#desk;
  }

  /** The session that the agent has now, if any. */
  get session(): string | undefined {
    return this.#desk?.session;
  }

  get world(): PhoneSystem {
    if (this.outside === null) throw new Error('there is no phone system to ask');
    return this.outside;
  }

  /** A started session without open work; the present one if it is good. */
  async started(): Promise<Desk> {
    if (this.#desk?.isStarted !== true || this.#desk.socket.closing !== null) await this.fresh();
    await tidy(this.desk);
    await this.freed();
    return this.desk;
  }

  /** Nobody else has the telephone. */
  private async freed(): Promise<void> {
    const { desk, phone } = this;
    if (desk.thing(phone).state !== 'UNAVAILABLE') return;
    await this.world.phone(this.agent, 'free');
    await desk.reaches(phone, 'INACTIVE');
  }

  /** A new session, whatever there was. */
  async fresh(more: JsonObject = {}): Promise<Desk> {
    await this.bound(more);
    return start(this.desk);
  }

  /** A new session that is bound and not started. */
  async bound(more: JsonObject = {}): Promise<Desk> {
    await this.leave();
    this.#desk = await boundDesk(this.access, this.agent, more);
    return this.desk;
  }

  /** The bound session that is not started yet, made when there is none. */
  async unstarted(): Promise<Desk> {
    return this.#desk === null || this.#desk.isStarted ? this.bound() : this.#desk;
  }

  /** Another desk of this agent takes the place of the present one. */
  async moveTo(desk: Desk): Promise<void> {
    if (this.#desk !== desk) await this.#desk?.socket.close();
    this.#desk = desk;
  }

  /** Forgets the desk; the session stays as it is at the server. */
  async leave(): Promise<void> {
    await this.#desk?.socket.close();
    this.#desk = null;
  }

  /** The telephone of the session's own group. */
  get phone(): string {
    const found = this.desk.of('channel').find(byType('TELEPHONY'));
    if (found === undefined) throw new Error('the session has no telephony channel');
    return found.path;
  }

  /** The group of that telephone. */
  get group(): string {
    return this.desk.thing(this.phone).parent;
  }

  placesOf(channel: string): Places {
    const { parent } = this.desk.thing(channel);
    return {
      session: this.desk.session,
      channel,
      ...(parent === this.desk.session ? {} : { group: parent }),
    };
  }

  async inactive(channel = this.phone): Promise<Places> {
    if (this.desk.thing(channel).state === 'ACTIVE')
      await this.desk.must('channel.request.deactivate', channel);
    await this.desk.reaches(channel, 'INACTIVE');
    await this.desk.quiet();
    return this.placesOf(channel);
  }

  async active(channel = this.phone): Promise<Places> {
    if (this.desk.thing(channel).state !== 'ACTIVE')
      await this.desk.must('channel.request.activate', channel);
    await this.desk.reaches(channel, 'ACTIVE');
    await this.desk.quiet();
    return this.placesOf(channel);
  }

  private async status(
    channel: string,
    status: string,
    command: string,
    data: JsonObject = {},
  ): Promise<Places> {
    const places = await this.active(channel);
    const { desk } = this;
    const { reasoncode } = data;
    const is = (): boolean => {
      const now = desk.things.get(channel)?.status ?? {};
      return now['status'] === status && (reasoncode === undefined || now['lastReasonCode'] === reasoncode);
    };
    if (is()) return places;
    await desk.must(command, channel, data);
    await desk.until(is, `${channel} ${status}`);
    await desk.quiet();
    return places;
  }

  ready(channel = this.phone): Promise<Places> {
    return this.status(channel, 'ready', 'channel.request.ready');
  }

  notReady(channel = this.phone): Promise<Places> {
    return this.status(channel, 'not_ready', 'channel.request.notready', { reasoncode: 'break' });
  }

  /** The interaction that the events since a moment announce, with its first conversation. */
  async announced(channel: string, from: number): Promise<Places> {
    const { desk } = this;
    await desk.event('interaction.created', from, { target: channel });
    const interaction = (): Thing | undefined => desk.under(channel).at(-1);
    await desk.event('interaction.initialized', from, { target: interaction()?.path ?? '' });
    const path = interaction()?.path ?? '';
    const conversation = desk.under(path)[0]?.path;
    return {
      ...this.placesOf(channel),
      interaction: path,
      ...(conversation === undefined ? {} : { conversation }),
    };
  }

  /** A call that rings; `data` is attached to it. */
  async ringing(data: JsonObject = { account: 'AC-1' }): Promise<Places> {
    const { channel = '' } = await this.active();
    const from = this.desk.mark;
    await this.world.call(this.agent, data);
    return this.announced(channel, from);
  }

  /** An inbound call that the agent talks in. */
  async talking(data?: JsonObject): Promise<Places> {
    const places = await this.ringing(data);
    await this.desk.must('conversation.request.answer', places['conversation'] ?? '');
    await this.desk.reaches(places['interaction'] ?? '', 'STARTED');
    return places;
  }

  /** A talking call after one more command on its conversation. */
  async talkingThen(command: string, state: string): Promise<Places> {
    const places = await this.talking();
    await this.desk.must(command, places['conversation'] ?? '');
    await this.desk.reaches(places['conversation'] ?? '', state);
    return places;
  }

  /** An outbound call that was begun. */
  async dialled(destination: string = NUMBERS.ringsOn): Promise<Places> {
    const { channel = '' } = await this.active();
    const from = this.desk.mark;
    await this.desk.must('channel.request.dial', channel, { destination });
    return this.announced(channel, from);
  }

  /** A call with a second leg; it rings on for ever unless another number is given. */
  async consulting(destination: string = NUMBERS.ringsOn): Promise<Places> {
    const places = await this.talking();
    const { interaction = '' } = places;
    const from = this.desk.mark;
    await this.desk.must('interaction.request.consult', interaction, { destination });
    await this.desk.event('interaction.focuschanged', from, { target: interaction });
    return { ...places, consult: this.desk.under(interaction).at(-1)?.path ?? '' };
  }

  /** A call with a second leg that is connected. */
  async consulted(): Promise<Places> {
    const places = await this.consulting(NUMBERS.answers);
    await this.desk.reaches(places['consult'] ?? '', 'TALKING');
    await this.desk.until(
      () => this.desk.capability(places['interaction'] ?? '', 'interaction.request.alternate'),
      'the capability interaction.request.alternate',
    );
    return places;
  }

  /** The agent, the caller and a third party in one call. */
  async conference(): Promise<Places> {
    const places = await this.talking();
    const { conversation = '' } = places;
    const from = this.desk.mark;
    await this.desk.must('conversation.request.blindconference', conversation, {
      destination: NUMBERS.answers,
    });
    await this.desk.event('conversation.member.added', from, { target: conversation });
    return places;
  }

  /** A call that is over and waits to be completed. */
  async ended(data?: JsonObject): Promise<Places> {
    const places = await this.talking(data);
    await this.desk.must('conversation.request.release', places['conversation'] ?? '');
    await this.desk.reaches(places['interaction'] ?? '', 'ENDED');
    return places;
  }

  /** The added group with chat, e-mail and callback. */
  async mediaGroup(): Promise<string> {
    const { desk } = this;
    const found = desk.of('channelgroup').find(({ about }) => about['name'] === 'PROJECT');
    if (found !== undefined) return found.path;
    const from = desk.mark;
    const channelgroup = { name: 'PROJECT', chat: true, email: true, callback: true };
    await desk.must('session.request.addchannelgroup', desk.session, { channelgroup });
    const { target } = await desk.event('channelgroup.initialized', from);
    return String(target);
  }

  /** An offered chat, e-mail or callback. */
  async offered(type: string): Promise<Places> {
    const group = await this.mediaGroup();
    const channel = this.desk.under(group).find(byType(type))?.path ?? '';
    await this.active(channel);
    const from = this.desk.mark;
    await this.world.contact(type, this.agent, { account: 'AC-1' });
    return this.announced(channel, from);
  }

  /** A chat, e-mail or callback that the agent works on. */
  async accepted(type: string): Promise<Places> {
    const places = await this.offered(type);
    await this.desk.must('interaction.request.accept', places['interaction'] ?? '');
    await this.desk.reaches(places['interaction'] ?? '', 'STARTED');
    return places;
  }

  /** A stand-alone channel that the simulated switch knows; `-desk` is a telephone. */
  async standAlone(endpoint = `${this.agent}-desk`, type = 'Telephony'): Promise<Places> {
    const { desk } = this;
    const known = desk.under(desk.session).find(({ about }) => about['name'] === endpoint);
    if (known !== undefined) return this.placesOf(known.path);
    const from = desk.mark;
    await desk.must('session.request.addchannel', desk.session, { channel: { endpoint, type } });
    const { target } = await desk.event('channel.initialized', from);
    return this.placesOf(String(target));
  }

  /** Takes away what was added to the session beside the agent's own group. */
  async bare(): Promise<Places> {
    const { desk } = this;
    for (const { path, about } of [...desk.under(desk.session)].filter(({ path }) => path !== this.group)) {
      const command = desk.thing(path).kind === 'channel' ? 'removechannel' : 'removechannelgroup';
      await desk.must(`session.request.${command}`, desk.session, { channel: { id: about['id'] } });
      await desk.until(() => !desk.things.has(path), `the disposal of ${path}`);
    }
    return { session: desk.session };
  }
}
