import { type Bus, HEADERS, subjects } from '@cordboard/bus';
import { type JsonObject, type ObjectKind, parseTarget } from '@cordboard/kernel';
import { createTape, type Tape } from './tape.ts';

/** What an agent's desktop heard: the reply to a command, or an event of its session. */
export interface Told {
  readonly kind: 'reply' | 'event';
  readonly name: string;
  readonly target: string;
  /** Of a reply the result, the failure and the data; of an event its data. */
  readonly body: JsonObject;
  readonly requestId: string;
}

/** The desktop of one agent, as an edge speaks for it. */
export interface Desk {
  readonly agent: string;
  readonly heard: Tape<Told>;
  /** Sends a command; the reply is heard as everything else is, under the id given back. */
  readonly send: (command: string, target: string, data?: JsonObject) => string;
  /** The reply to that command. */
  readonly replyTo: (requestId: string) => Promise<Told>;
  readonly ask: (command: string, target: string, data?: JsonObject) => Promise<Told>;
}

const targetOf = (command: string, path: string) => {
  const kind = (command === 'bindSession' ? 'session' : command.split('.')[0]) as ObjectKind;
  const target = parseTarget(kind, path);
  if (!target.ok) throw new Error(`${path} is no target of ${command}`);
  return target.value;
};

/** The bare id of a session, where the edge would hear what is bound. */
const sessionIn = ({ name, body }: Told): string | null => {
  const data = body.data as JsonObject | undefined;
  const session = data?.session as JsonObject | undefined;
  return name === 'prepareSession' && typeof session?.id === 'string' ? session.id : null;
};

export const createDesk = (bus: Bus, tenant: string, agent: string): Desk => {
  const heard = createTape<Told>();
  let count = 0;
  let bindings = 0;

  const follow = (session: string): void =>
    void bus.subscribe(subjects.eventsOf(tenant, session), ({ body }) => {
      const { messageType, name, target, data } = JSON.parse(body) as JsonObject;
      if (messageType !== 'objectEvent') return;
      heard.push({
        kind: 'event',
        name: name as string,
        target: target as string,
        body: data as JsonObject,
        requestId: '',
      });
    });

  const send: Desk['send'] = (command, path, data = {}) => {
    const requestId = `${agent}-${(count += 1)}`;
    // A binding that has ended never binds again.
    if (command === 'bindSession') bindings += 1;
    const preparing = command === 'prepareSession';
    const subject = preparing
      ? subjects.prepare(tenant)
      : subjects.command(tenant, targetOf(command, path), command);
    const question = { command, requestId, ...(preparing ? {} : { target: path }), data };
    const end = bus.ask(subject, JSON.stringify(question), {
      headers: { [HEADERS.actor]: `agent:${agent}`, [HEADERS.binding]: `b${bindings}` },
      onReply: ({ headers, body }) => {
        if (headers[HEADERS.reply] !== 'result') return;
        end();
        const told: Told = {
          kind: 'reply',
          name: command,
          target: path,
          body: JSON.parse(body) as JsonObject,
          requestId,
        };
        const session = sessionIn(told);
        if (session !== null) follow(session);
        heard.push(told);
      },
      onNoResponders: (why) =>
        heard.push({ kind: 'reply', name: command, target: path, body: { result: why }, requestId }),
    });
    return requestId;
  };

  const replyTo: Desk['replyTo'] = async (requestId) => {
    for (let n = 0; ; n += 1) {
      const told = await heard.at(n);
      if (told.requestId === requestId) return told;
    }
  };

  return { agent, heard, send, replyTo, ask: (...given) => replyTo(send(...given)) };
};
