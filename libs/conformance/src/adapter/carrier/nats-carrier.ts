import {
  answerReceipt,
  answerResult,
  type Bus,
  type BusMessage,
  connectNats,
  HEADERS,
  subjects,
} from '@cordboard/bus';
import { controlProcessor, type CtiMessage } from '@cordboard/cti-protocol';
import { isId, isJsonObject, type JsonObject } from '@cordboard/kernel';
import { type Asking, type Carrier, NoAdapter, type Said } from './carrier.ts';
import { targetOf } from './target-of.ts';

interface Where {
  readonly tenant: string;
  readonly processor: string;
  /** For the report. */
  readonly where: string;
}

/** Questions whose further answers are still heard. */
const MAX_OPEN = 500;
const TAKEN = JSON.stringify({ ok: true });

const readJson = (text: string): JsonObject => {
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) ? value : {};
  } catch {
    return {};
  }
};

const instanceIn = (body: unknown): string | null => {
  const instance = isJsonObject(body) ? body['instance'] : undefined;
  return isId(instance) ? instance : null;
};

const headersOf = ({ epoch = 1, probe = false }: Asking): Readonly<Record<string, string>> => ({
  ...(epoch === null ? {} : { [HEADERS.epoch]: String(epoch) }),
  ...(probe ? { [HEADERS.probe]: 'true' } : {}),
});

/** Hears who says hello, and keeps to the first. */
const findInstance = (bus: Bus, { tenant, processor }: Where) => {
  let instance: string | null = null;
  let told = (): void => undefined;
  const take = (found: string | null): void => {
    if (instance !== null || found === null) return;
    instance = found;
    told();
  };
  bus.subscribe(subjects.ctiHello(tenant, processor), ({ body }) => take(instanceIn(readJson(body))));
  bus.subscribe(subjects.ctiStatus(tenant, processor), ({ body }) =>
    take(instanceIn(readJson(body)['body'])),
  );
  return {
    get: () => instance,
    wait: (timeoutMs: number): Promise<boolean> =>
      new Promise((resolve) => {
        if (instance !== null) return resolve(true);
        const timer = setTimeout(() => resolve(false), timeoutMs).unref();
        told = () => {
          clearTimeout(timer);
          resolve(true);
        };
      }),
  };
};

/** A repetition that a claimer passed on may come behind the events after it. */
const MAX_KNOWN = 64;

/** Takes the events of sessions as their owner does; an owner that is deaf hears and does not answer. */
const createEars = (bus: Bus, { tenant, processor }: Where, say: (said: Said) => void) => {
  const deaf = new Set<string>();
  const own = (session: string): (() => void) => {
    const known = new Map<number, string>();
    const take = (message: BusMessage): void => {
      const ctiSeq = Number(message.headers[HEADERS.ctiSeq]);
      const repeated = known.get(ctiSeq) === message.body;
      if (!repeated && ctiSeq === 1) known.clear();
      known.set(ctiSeq, message.body);
      known.delete(ctiSeq - MAX_KNOWN);
      if (!deaf.has(session)) {
        answerReceipt(message);
        answerResult(message, TAKEN);
      }
      say({ text: message.body, ctiSeq, repeated });
    };
    const subscription = bus.subscribe(subjects.ctiEventsOf(tenant, processor, session), take);
    return () => subscription.unsubscribe();
  };
  return {
    own,
    deaf: (session: string): (() => void) => {
      deaf.add(session);
      return () => void deaf.delete(session);
    },
  };
};

/** Plays the session service on a bus: asks one instance, takes the events of the sessions that it owns. */
export const natsCarrier = (bus: Bus, at: Where): Carrier => {
  const { tenant, processor, where } = at;
  let listener: (said: Said) => void = () => undefined;
  const say = (said: Said): void => listener(said);
  const instance = findInstance(bus, at);
  const ears = createEars(bus, at, say);
  const ends: (() => void)[] = [];
  bus.subscribe(subjects.ctiStatus(tenant, processor), ({ body }) => {
    if (instanceIn(readJson(body)['body']) === instance.get()) say({ text: body });
  });
  bus.subscribe(subjects.ctiQueues(tenant, processor), ({ body }) => say({ text: body }));
  const send = (question: CtiMessage, asking: Asking = {}): void => {
    const name = instance.get();
    if (name === null) throw new NoAdapter('nobody has said hello yet');
    const { header } = question;
    const subject =
      controlProcessor(header.target) === null
        ? subjects.ctiRequest(tenant, processor, name, targetOf(header.name, header.target))
        : subjects.ctiControl(tenant, processor, name);
    const end = bus.ask(subject, JSON.stringify(question), {
      headers: headersOf(asking),
      onReply: ({ body, headers }) => say({ text: body, answer: headers[HEADERS.answer] ?? '' }),
      onNoResponders: () => undefined,
    });
    ends.push(end);
    if (ends.length > MAX_OPEN) ends.shift()?.();
  };
  return {
    kind: 'nats',
    where,
    found: async (timeoutMs) => {
      if (await instance.wait(timeoutMs)) return;
      throw new NoAdapter(
        `No adapter says hello as processor "${processor}" of tenant "${tenant}" on ${where} within ${timeoutMs / 1000} s: ` +
          'start it with that name and this NATS server, or name another with --adapter, --tenant and --nats.',
      );
    },
    hear: (next) => void (listener = next),
    send,
    own: ears.own,
    deaf: ears.deaf,
    close: async () => {
      for (const end of ends) end();
      await bus.drain();
    },
  };
};

/** Addresses as they may be shown: user and password stay out of reports. */
const shown = (url: string): string => url.replace(/\/\/[^@/,]*@/g, '//');

/** The same on a NATS server, with a connection of its own. Rejects with a sentence when there is no server. */
export const openNatsCarrier = async (
  address: { readonly url: string; readonly credsFile?: string | undefined },
  at: Omit<Where, 'where'>,
): Promise<Carrier> => {
  const where = shown(address.url);
  const bus = await connectNats({ ...address, name: 'cordboard conformance' }).catch((error: unknown) => {
    const why = error instanceof Error ? error.message : String(error);
    throw new NoAdapter(
      `NATS does not answer at ${where} (${shown(why)}): start it, or give its address with --nats.`,
    );
  });
  return natsCarrier(bus, { ...at, where });
};
