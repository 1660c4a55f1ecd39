import { type CtiMessage } from '@cordboard/cti-protocol';
import { type JsonObject, type ObjectKind } from '@cordboard/kernel';
import { objectOf, textOf } from '../../wire/frame.ts';
import { type Heard } from './heard.ts';

/** An object that the adapter has been told of. */
export interface Known {
  readonly target: string;
  readonly kind: ObjectKind;
  readonly nativeId: string;
  /** Channels: the type that they were registered with. */
  readonly type: string;
  /** Its init query was answered. */
  initialised: boolean;
  /** The last answer to its init query. */
  reading: JsonObject;
  /** Conversations: it has begun, so it may be held, talking and so on. */
  started: boolean;
}

const REGISTRATIONS: Readonly<Record<string, ObjectKind>> = {
  'session.request.addchannelgroup': 'channelgroup',
  'channelgroup.request.addchannel': 'channel',
  'channel.request.createinteraction': 'interaction',
  'interaction.request.createconversation': 'conversation',
};
const REMOVALS: readonly string[] = [
  'session.request.removechannelgroup',
  'channelgroup.request.removechannel',
];
const RUNNING = ['TALKING', 'HELD', 'MUTE', 'RELEASED'];

/** What the adapter knows by now, told by its own answers. */
export class Objects {
  readonly known = new Map<string, Known>();
  readonly #disposed = new Set<string>();

  isDisposed(target: string): boolean {
    return this.#disposed.has(target);
  }

  /** Whether somebody below this parent has that native id. */
  hasNative(parent: string, nativeId: string): boolean {
    return [...this.known.values()].some(
      ({ target, nativeId: other }) =>
        other === nativeId && target.slice(0, target.lastIndexOf('.')) === parent,
    );
  }

  /** Those of a kind below a target, in the order of their registration. */
  below(target: string, kind: ObjectKind): readonly string[] {
    return [...this.known.values()]
      .filter((known) => known.kind === kind && known.target.startsWith(`${target}.`))
      .map((known) => known.target);
  }

  /** A question was answered SUCCESS. */
  succeeded({ header, body }: CtiMessage, answer: Heard): void {
    const { name, target } = header;
    if (name === 'cti.request.createsession')
      return this.#opened(textOf(body['id']), objectOf(body['agent']));
    const kind = Object.hasOwn(REGISTRATIONS, name) ? REGISTRATIONS[name] : undefined;
    if (kind !== undefined) return this.#add(kind, `${target}.${textOf(body['id'])}`, body);
    if (REMOVALS.includes(name)) return this.#remove(`${target}.${textOf(body['id'])}`);
    if (name.endsWith('.request.dispose')) return this.#remove(target);
    if (name.endsWith('.query.init')) this.#read(target, answer.body);
  }

  /** The session is read anew: what was below it has to be registered again. */
  #opened(session: string, { id }: JsonObject): void {
    this.#remove(session);
    this.#disposed.forEach((target) => {
      if (target === session || target.startsWith(`${session}.`)) this.#disposed.delete(target);
    });
    this.#add('session', session, { nativeid: textOf(id) });
  }

  #add(kind: ObjectKind, target: string, body: JsonObject): void {
    if (this.known.has(target)) return;
    this.#disposed.delete(target);
    const [nativeId, type] = [textOf(body['nativeid']), textOf(body['type'])];
    const fresh = { initialised: false, reading: {}, started: false };
    this.known.set(target, { target, kind, nativeId, type, ...fresh });
  }

  #remove(target: string): void {
    for (const known of [...this.known.keys()].filter(
      (one) => one === target || one.startsWith(`${target}.`),
    )) {
      this.known.delete(known);
      this.#disposed.add(known);
    }
  }

  #read(target: string, reading: JsonObject): void {
    const known = this.known.get(target);
    if (known === undefined) return;
    known.initialised = true;
    known.reading = reading;
    if (RUNNING.includes(textOf(reading['conversation-state']))) known.started = true;
  }
}
