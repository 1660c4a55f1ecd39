import { type JsonObject } from '@cordboard/kernel';
import { insist } from '../check/mismatch.ts';
import { type Frame, objectOf } from '../wire/frame.ts';
import { Socket } from '../wire/socket.ts';
import { type TokenSource } from '../wire/token.ts';
import { Desk, idIn } from './desk.ts';

/** Where and as whom the suite signs in. */
export interface Access {
  readonly url: string;
  readonly password: string;
  readonly token: TokenSource;
  /** How long an answer or event may take. */
  readonly waitMs?: number | undefined;
  /** Every socket that was opened, so that its frames can be looked at. */
  readonly opened: (socket: Socket) => void;
}

let sockets = 0;

/** A socket of an agent on which nothing was said yet. */
export const openSocket = async (
  access: Access,
  agent: string,
  roles?: readonly string[],
): Promise<Socket> => {
  const token = await access.token(agent, roles);
  const socket = await Socket.open(
    access.url,
    token,
    `${agent}-${(sockets += 1).toString(36)}`,
    access.waitMs,
  );
  access.opened(socket);
  return socket;
};

export const prepareData = (access: Access, agent: string, more: JsonObject = {}): JsonObject => ({
  model: '',
  override: true,
  processor: '',
  agent: { id: agent, password: access.password },
  ...more,
});

/** Prepares a session, whatever the agent had before; gives its id. */
export const prepare = async (
  access: Access,
  socket: Socket,
  agent: string,
  more: JsonObject = {},
): Promise<string> => {
  const answer = await socket.ask('prepareSession', undefined, prepareData(access, agent, more));
  const session = idIn(answer, 'session');
  insist(
    answer.result === 'success' && session !== '',
    'success of prepareSession with data.session.id',
    answer,
  );
  return session;
};

const snapshotOf = (bound: Frame): readonly Frame[] => {
  const events = objectOf(objectOf(bound.data)['snapshot'])['events'];
  return Array.isArray(events)
    ? events.map((event) => ({ messageType: 'objectEvent', ...objectOf(event) }))
    : [];
};

/** Binds a session; the desk knows what the answer's snapshot tells. */
export const bind = async (
  socket: Socket,
  agent: string,
  session: string,
  data: JsonObject = {},
): Promise<Desk> => {
  const bound = await socket.ask('bindSession', session, { client: `suite-${agent}`, ...data });
  insist(bound.result === 'success', 'success of bindSession', bound);
  return new Desk(agent, socket, session, snapshotOf(bound));
};

/** An agent whose session is prepared and bound, and not started. */
export const boundDesk = async (access: Access, agent: string, more: JsonObject = {}): Promise<Desk> => {
  const socket = await openSocket(access, agent);
  return bind(socket, agent, await prepare(access, socket, agent, more));
};

export const start = async (desk: Desk): Promise<Desk> => {
  const from = desk.mark;
  await desk.must('session.start', desk.session);
  await desk.event('session.initialized', from);
  return desk;
};

/** An agent at work. */
export const startedDesk = async (access: Access, agent: string, more: JsonObject = {}): Promise<Desk> =>
  start(await boundDesk(access, agent, more));
