import { type JsonObject } from '@cordboard/kernel';
import { insist, Mismatch } from '../../check/mismatch.ts';
import { objectOf, textOf } from '../../wire/frame.ts';
import { type Heard } from '../line/heard.ts';
import { type Line, type Special } from '../line/line.ts';
import { newSessionId } from './session-id.ts';

/** Somebody who can log in at the switch. */
export interface Agent {
  readonly id: string;
  readonly password: string;
  /** What others dial. */
  readonly extension: string;
}

/** A channel that is registered and read. */
export interface Channel {
  readonly path: string;
  readonly nativeId: string;
  readonly type: string;
  /** Somebody was at work there when it was read. */
  readonly active: boolean;
}

/** A call, chat or mail that is registered and read. */
export interface Work {
  readonly desk: Desk;
  readonly interaction: string;
  readonly nativeId: string;
  readonly reading: JsonObject;
  /** Empty when there is none. */
  readonly primary: string;
  readonly consult: string;
}

/** Media that a session is to have beside its telephone. */
export interface Media {
  readonly chat: boolean;
  readonly email: boolean;
  readonly callback: boolean;
}

const VOICE_ONLY: Media = { chat: false, email: false, callback: false };

const LISTED = 'a conversation of interaction.query.init';

export const listOf = (value: unknown): readonly JsonObject[] =>
  Array.isArray(value) ? value.map(objectOf) : [];

/** A native id where the adapter has to give one. */
export const nativeIn = (body: JsonObject, key: string, where: string): string => {
  const id = body[key];
  insist(typeof id === 'string' && id !== '', `${where} with ${key}, a text of 1 to 128 characters`, body);
  return textOf(id);
};

/** One agent's session as the bridge has it: registers what the adapter lists, in the order of D.4 and D.15. */
export class Desk {
  session = '';
  /** The group of the telephone: the first that was listed. */
  group = '';
  channels: Channel[] = [];
  epoch = 1;
  media: Media = VOICE_ONLY;
  #leave = (): void => undefined;
  #ids = 0;
  readonly #byNative = new Map<string, string>();

  constructor(
    readonly line: Line,
    readonly agent: Agent,
  ) {}

  /** A new bridge id: a letter for the kind and a number. */
  newId(kind: string): string {
    this.#ids += 1;
    return `${kind}${this.#ids}`;
  }

  /** The bridge id of a native one; the same for as long as the session lives, so also after a reconnect (D.15). */
  private idFor(kind: string, nativeId: string): string {
    const key = `${kind} ${nativeId}`;
    const id = this.#byNative.get(key) ?? this.newId(kind);
    this.#byNative.set(key, id);
    return id;
  }

  private special(special: Special): Special {
    return { epoch: this.epoch, ...special };
  }

  ask(name: string, target: string, body: JsonObject = {}, special: Special = {}): Promise<Heard> {
    return this.line.ask(name, target, body, this.special(special));
  }

  must(name: string, target: string, body: JsonObject = {}, special: Special = {}): Promise<JsonObject> {
    return this.line.must(name, target, body, this.special(special));
  }

  refused(name: string, target: string, body: JsonObject = {}, special: Special = {}): Promise<string> {
    return this.line.refused(name, target, body, this.special(special));
  }

  /** What `createsession` carries. */
  get login(): JsonObject {
    const { id, extension } = this.agent;
    return { id: this.session, agent: { id, extension } };
  }

  get wishes(): JsonObject {
    return { name: this.agent.id, ...this.media };
  }

  /** Logs in and reads everything: D.4, or D.15 when there are calls. `again`: the same session once more. */
  async open(media: Media = this.media, again = false): Promise<readonly Work[]> {
    this.media = media;
    if (!again) {
      this.forget();
      this.session = newSessionId();
    }
    this.group = '';
    this.#leave();
    this.#leave = this.line.carrier.own(this.session);
    this.channels = [];
    await this.must('cti.request.createsession', this.line.control, this.login);
    const reading = await this.must('session.query.init', this.session, this.wishes);
    const works: Work[] = [];
    for (const group of listOf(reading['channel-groups']))
      works.push(...(await this.addGroup(nativeIn(group, 'id', 'channel-groups of session.query.init'))));
    for (const channel of listOf(reading['channels']))
      works.push(...(await this.addChannel(this.session, channel)));
    return works;
  }

  async addGroup(nativeId: string, wishes: JsonObject = {}): Promise<readonly Work[]> {
    const id = this.idFor('g', nativeId);
    const path = `${this.session}.${id}`;
    await this.must('session.request.addchannelgroup', this.session, { id, nativeid: nativeId, ...wishes });
    if (this.group === '') this.group = path;
    const reading = await this.must('channelgroup.query.init', path);
    const works: Work[] = [];
    for (const channel of listOf(reading['channels'])) works.push(...(await this.addChannel(path, channel)));
    return works;
  }

  async addChannel(parent: string, listed: JsonObject): Promise<readonly Work[]> {
    const nativeId = nativeIn(listed, 'end-point', 'a channel that is listed');
    const type = textOf(listed['type']);
    const id = this.idFor('h', nativeId);
    const path = `${parent}.${id}`;
    await this.must('channelgroup.request.addchannel', parent, { id, nativeid: nativeId, type });
    const reading = await this.must('channel.query.init', path);
    this.channels.push({ path, nativeId, type, active: reading['channel-state'] === 'ACTIVE' });
    const works: Work[] = [];
    for (const found of listOf(reading['interactions']))
      works.push(await this.take(nativeIn(found, 'id', 'interactions of channel.query.init'), path));
    return works;
  }

  /** The agent's telephone. */
  get phone(): string {
    return this.channelOf('TELEPHONY').path;
  }

  channelOf(type: string): Channel {
    const found = this.channels.find((channel) => channel.type.toUpperCase() === type);
    if (found === undefined)
      throw new Mismatch(
        `a channel of type ${type} in the reading of the session`,
        this.channels.map((one) => one.type).join(', '),
      );
    return found;
  }

  /** The interaction that a channel announces after a moment, registered and read. */
  async offered(from: number, channel = this.phone): Promise<Work> {
    const { body } = await this.line.event('channel.interaction', channel, from);
    return this.take(nativeIn(body, 'nativeid', 'channel.interaction'), channel);
  }

  /** Registers an interaction and its conversations, and reads them: D.5, D.6, D.16. */
  async take(nativeId: string, channel = this.phone): Promise<Work> {
    const interaction = await this.enter(nativeId, channel);
    const reading = await this.must('interaction.query.init', interaction);
    const { primary, consult } = objectOf(reading['conversations']);
    const paths: string[] = [];
    for (const leg of [primary, consult])
      paths.push(
        leg === undefined ? '' : await this.register(interaction, nativeIn(objectOf(leg), 'id', LISTED)),
      );
    for (const path of paths.filter((one) => one !== '')) await this.must('conversation.query.init', path);
    return { desk: this, interaction, nativeId, reading, primary: paths[0] ?? '', consult: paths[1] ?? '' };
  }

  /** Registers an interaction; its init query is to follow. */
  async enter(nativeId: string, channel = this.phone): Promise<string> {
    const id = this.idFor('i', nativeId);
    await this.must('channel.request.createinteraction', channel, { id, nativeid: nativeId });
    return `${channel}.${id}`;
  }

  /** Registers a conversation; its init query is to follow. */
  async register(interaction: string, nativeId: string): Promise<string> {
    const id = this.idFor('v', nativeId);
    await this.must('interaction.request.createconversation', interaction, { id, nativeid: nativeId });
    return `${interaction}.${id}`;
  }

  /** Registers and reads a conversation. */
  async join(interaction: string, nativeId: string): Promise<string> {
    const path = await this.register(interaction, nativeId);
    await this.must('conversation.query.init', path);
    return path;
  }

  /** The state of an interaction or conversation, read now. */
  async stateOf(target: string): Promise<string> {
    const kind = this.line.objects.known.get(target)?.kind ?? 'interaction';
    return textOf((await this.must(`${kind}.query.init`, target))[`${kind}-state`]);
  }

  /** The channel with the agent logged in on it. */
  async active(channel = this.phone): Promise<string> {
    const reading = await this.must('channel.query.init', channel);
    if (reading['channel-state'] === 'ACTIVE') return channel;
    const from = this.line.mark;
    await this.must('channel.request.activate', channel);
    await this.line.event('channel.activated', channel, from);
    return channel;
  }

  /** Events of this session are left to others again. */
  forget(): void {
    this.#leave();
    this.#leave = () => undefined;
    this.session = '';
    this.group = '';
    this.channels = [];
    this.epoch = 1;
    this.#byNative.clear();
  }
}
