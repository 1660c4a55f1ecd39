import { answerReceipt, answerResult, type Bus, type BusMessage, HEADERS, subjects } from '@cordboard/bus';
import { controlTarget, type CtiMessage } from '@cordboard/cti-protocol';
import { isJsonObject, type JsonObject, type ObjectKind, parseTarget } from '@cordboard/kernel';
import { eventually } from '@cordboard/testing';

export interface Adapter {
  readonly tenant: string;
  readonly processor: string;
  readonly instance: string;
}

/** Plays the session service towards one adapter on NATS: asks, and takes the events of its sessions. */
export interface BridgeDesk {
  /** Settles when the adapter answers the status request. */
  readonly ready: () => Promise<void>;
  /** Asks the adapter as a whole; raises when it refuses. */
  readonly control: (name: string, body?: JsonObject) => Promise<JsonObject>;
  /** Asks about one object of a session; raises when it is refused. */
  readonly ask: (name: string, path: string, body?: JsonObject) => Promise<JsonObject>;
  /** Takes the events of a session from now on. */
  readonly own: (session: string) => HeardSession;
}

/** The events of one session, in order. */
export interface HeardSession {
  /** The next event of this name; those before it are passed over. Raises when it does not come. */
  readonly until: (name: string) => Promise<JsonObject>;
}

const LEVELS: readonly ObjectKind[] = ['session', 'channelgroup', 'channel', 'interaction', 'conversation'];
const ANSWER_MS = 120_000;
const EVENT_MS = 120_000;
const READY_MS = 30_000;
const EPOCH = { [HEADERS.epoch]: '1' };

const targetOf = (path: string) => {
  const target = parseTarget(LEVELS[path.split('.').length - 1] ?? 'session', path);
  if (!target.ok) throw new Error(`${path} is no target`);
  return target.value;
};

const readAnswer = (name: string, { body: text, headers }: BusMessage): JsonObject => {
  if (text === '') throw new Error(`${name}: ${headers[HEADERS.answer]}`);
  const { header, body } = JSON.parse(text) as CtiMessage;
  if (header.result === 'SUCCESS') return body;
  throw new Error(`${name}: ${header.errorMessage}`);
};

const hear = (bus: Bus, { tenant, processor }: Adapter, session: string): HeardSession => {
  const heard: { readonly name: string; readonly body: JsonObject }[] = [];
  let last = 0;
  let wanted: { readonly name: string; readonly resolve: (body: JsonObject) => void } | null = null;

  const look = (): void => {
    for (let next = heard.shift(); next !== undefined && wanted !== null; next = heard.shift()) {
      if (next.name !== wanted.name) continue;
      const { resolve } = wanted;
      wanted = null;
      return resolve(next.body);
    }
  };

  bus.subscribe(subjects.ctiEventsOf(tenant, processor, session), (message) => {
    answerReceipt(message);
    const { header, body } = JSON.parse(message.body) as CtiMessage;
    const ctiSeq = Number(message.headers[HEADERS.ctiSeq]);
    if (ctiSeq > last) {
      last = ctiSeq;
      heard.push({ name: header.name, body });
      if (wanted !== null) look();
    }
    answerResult(message, '{"ok":true}');
  });

  return {
    until: (name) =>
      new Promise((resolve, reject) => {
        const tooLate = setTimeout(() => reject(new Error(`${name} did not come`)), EVENT_MS);
        const settle = (body: JsonObject): void => {
          clearTimeout(tooLate);
          resolve(body);
        };
        wanted = { name, resolve: settle };
        look();
      }),
  };
};

export const bridgeDesk = (bus: Bus, adapter: Adapter): BridgeDesk => {
  const { tenant, processor, instance } = adapter;
  let count = 0;

  const send = async (name: string, path: string, body: JsonObject): Promise<JsonObject> => {
    const isControl = name.startsWith('cti.');
    const subject = isControl
      ? subjects.ctiControl(tenant, processor, instance)
      : subjects.ctiRequest(tenant, processor, instance, targetOf(path));
    const type = name.includes('.query.') ? 'cti.query' : 'cti.request';
    const header = { type, name, target: path, requestId: `ask-${(count += 1)}` };
    const answered = await bus.request(subject, JSON.stringify({ header, body }), {
      timeoutMs: ANSWER_MS,
      headers: EPOCH,
    });
    if (!answered.ok) throw new Error(`${name}: ${answered.error}`);
    return readAnswer(name, answered.value);
  };

  const control: BridgeDesk['control'] = (name, body = {}) => send(name, controlTarget(processor), body);
  return {
    ready: async () => {
      await eventually(() => control('cti.request.status'), { timeoutMs: READY_MS });
    },
    control,
    ask: (name, path, body = {}) => send(name, path, body),
    own: (session) => hear(bus, adapter, session),
  };
};

/** The id of the first object of a list in an answer; raises when there is none. */
export const firstOf = (body: JsonObject, list: string, key: string): string => {
  const all = body[list];
  const first: unknown = Array.isArray(all) ? all[0] : undefined;
  if (isJsonObject(first) && typeof first[key] === 'string') return first[key];
  throw new Error(`there is no ${key} in ${list}: ${JSON.stringify(body)}`);
};
