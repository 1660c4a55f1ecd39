import { answerReceipt, answerResult, type Bus, type BusMessage, HEADERS, subjects } from '@cordboard/bus';
import { checkBody, controlTarget, type CtiMessage, parseCtiMessage } from '@cordboard/cti-protocol';
import { type JsonObject, type ObjectKind, parseTarget } from '@cordboard/kernel';

/** An event of a session as its owner heard it. */
export interface HeardEvent {
  readonly name: string;
  readonly target: string;
  readonly body: JsonObject;
  readonly ctiSeq: number;
  /** So many right before it were dropped. */
  readonly lost?: number;
}

/** One answer of an adapter; `answer` is the header of that name. */
export interface HeardAnswer {
  readonly answer: string;
  readonly result: string;
  readonly errorMessage: string;
  readonly body: JsonObject;
}

interface Asking {
  readonly requestId?: string | undefined;
  readonly epoch?: number | undefined;
  readonly probe?: boolean | undefined;
}

/** Plays the session service's part of the bridge, so that an adapter can be tested alone. */
export interface BridgeWorker {
  readonly hellos: JsonObject[];
  readonly statuses: JsonObject[];
  /** Everything heard, in order: answers as `answer <name>`, events as `event <name>`. */
  readonly heard: string[];
  /** Asks the adapter as a whole; settles with the first answer. */
  readonly control: (name: string, body?: JsonObject, asking?: Asking) => Promise<HeardAnswer>;
  /** Asks about one object of a session; every answer counts. */
  readonly ask: (name: string, path: string, body?: JsonObject, asking?: Asking) => Promise<HeardAnswer>;
  /** Asks and collects all answers. */
  readonly askMany: (name: string, path: string, asking: Asking) => HeardAnswer[];
  /** Owns a session from now on: takes its events and answers them. */
  readonly own: (session: string, answer?: JsonObject | 'silent') => HeardEvent[];
  /** Takes claims; answers them as the owner would. */
  readonly takeClaims: () => HeardEvent[];
}

interface Where {
  readonly tenant: string;
  readonly processor: string;
  readonly instance: string;
}

const KINDS: readonly ObjectKind[] = ['session', 'channelgroup', 'channel', 'interaction', 'conversation'];

const targetOf = (path: string) => {
  const parsed = parseTarget(KINDS[path.split('.').length - 1] ?? 'session', path);
  if (!parsed.ok) throw new Error(`${path} is no target`);
  return parsed.value;
};

/** Reads what an adapter sent; a message that does not fit the catalogue fails the test. */
const readMessage = ({ body }: BusMessage): CtiMessage => {
  const parsed = parseCtiMessage(body);
  if (!parsed.ok) throw new Error(`${parsed.error}: ${body}`);
  const checked = checkBody(parsed.value.message);
  if (!checked.ok && parsed.value.message.header.result !== 'FAILURE') {
    throw new Error(`${checked.error}: ${body}`);
  }
  return parsed.value.message;
};

const readAnswer = (message: BusMessage): HeardAnswer => {
  const answer = message.headers[HEADERS.answer] ?? '';
  if (message.body === '') return { answer, result: '', errorMessage: '', body: {} };
  const { header, body } = readMessage(message);
  return { answer, result: header.result ?? '', errorMessage: header.errorMessage ?? '', body };
};

const readEvent = (message: BusMessage): HeardEvent => {
  const { header, body } = readMessage(message);
  const ctiSeq = Number(message.headers[HEADERS.ctiSeq]);
  const lost = message.headers[HEADERS.lost];
  return {
    ...{ name: header.name, target: header.target, body, ctiSeq },
    ...(lost === undefined ? {} : { lost: Number(lost) }),
  };
};

const headersOf = ({ epoch = 1, probe = false }: Asking) => ({
  [HEADERS.epoch]: String(epoch),
  ...(probe ? { [HEADERS.probe]: 'true' } : {}),
});

export const bridgeWorker = (bus: Bus, { tenant, processor, instance }: Where): BridgeWorker => {
  const hellos: JsonObject[] = [];
  const statuses: JsonObject[] = [];
  const heard: string[] = [];
  let count = 0;

  bus.subscribe(subjects.ctiHello(tenant, processor), ({ body }) =>
    hellos.push(JSON.parse(body) as JsonObject),
  );
  bus.subscribe(subjects.ctiStatus(tenant, processor), (message) => {
    const { header, body } = readMessage(message);
    heard.push(`event ${header.name}`);
    statuses.push(body);
  });

  const question = (name: string, target: string, body: JsonObject, requestId?: string): string => {
    count += 1;
    const type = name.includes('.query.') ? 'cti.query' : 'cti.request';
    return JSON.stringify({ header: { type, name, target, requestId: requestId ?? `ask-${count}` }, body });
  };

  const first = (
    send: (onReply: (message: BusMessage) => void, onNobody: () => void) => void,
    name: string,
  ) =>
    new Promise<HeardAnswer>((resolve, reject) => {
      send(
        (message) => {
          heard.push(`answer ${name}`);
          try {
            resolve(readAnswer(message));
          } catch (error) {
            reject(error instanceof Error ? error : new Error(String(error)));
          }
        },
        () => reject(new Error(`nobody took ${name}`)),
      );
    });

  const listen = (events: HeardEvent[], answer: JsonObject | 'silent') => (message: BusMessage) => {
    const event = readEvent(message);
    if (answer === 'silent') return void events.push(event);
    answerReceipt(message);
    if (!events.some(({ ctiSeq }) => ctiSeq === event.ctiSeq)) {
      heard.push(`event ${event.name}`);
      events.push(event);
    }
    answerResult(message, JSON.stringify(answer));
  };

  return {
    hellos,
    statuses,
    heard,
    control: (name, body = {}, asking = {}) =>
      first((onReply, onNoResponders) => {
        const text = question(name, controlTarget(processor), body, asking.requestId);
        const subject = subjects.ctiControl(tenant, processor, instance);
        bus.ask(subject, text, { headers: headersOf(asking), onReply, onNoResponders });
      }, name),
    ask: (name, path, body = {}, asking = {}) =>
      first((onReply, onNoResponders) => {
        const subject = subjects.ctiRequest(tenant, processor, instance, targetOf(path));
        const text = question(name, path, body, asking.requestId);
        bus.ask(subject, text, { headers: headersOf(asking), onReply, onNoResponders });
      }, name),
    askMany: (name, path, asking) => {
      const answers: HeardAnswer[] = [];
      bus.ask(
        subjects.ctiRequest(tenant, processor, instance, targetOf(path)),
        question(name, path, {}, asking.requestId),
        {
          headers: headersOf(asking),
          onReply: (message) => void answers.push(readAnswer(message)),
          onNoResponders: () => undefined,
        },
      );
      return answers;
    },
    own: (session, answer = { ok: true }) => {
      const events: HeardEvent[] = [];
      bus.subscribe(subjects.ctiEventsOf(tenant, processor, session), listen(events, answer));
      return events;
    },
    takeClaims: () => {
      const events: HeardEvent[] = [];
      bus.subscribe(subjects.claim(tenant), listen(events, { ok: true }));
      return events;
    },
  };
};
