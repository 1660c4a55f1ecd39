import { once } from 'node:events';
import { isJsonObject, type JsonObject } from '@cordboard/kernel';
import { WebSocket } from 'ws';
import { post } from '../agent.ts';

/** An agent in a call, as a plain socket. */
export interface Seat {
  /** Of the call. */
  readonly path: string;
  /** Holds the call or takes it back; settles with the answer, raises when it is refused. */
  readonly toggle: () => Promise<void>;
}

const OVER_MS = 60_000;

/** Every frame of the profile says in its first key what it is: an answer begins with the command. */
const ANSWER = '{"command"';

const succeeded = (frame: string): void => {
  if (!frame.includes('"result":"success"')) throw new Error(frame);
};

const seatOn = (socket: WebSocket, path: string): Seat => {
  let settle = (_frame: string): void => undefined;
  let fail = (_error: Error): void => undefined;
  let asked = 0;
  socket.on('message', (data: Buffer) => {
    const frame = data.toString();
    if (frame.startsWith(ANSWER)) settle(frame);
  });
  socket.on('close', (code) => fail(new Error(`closed with ${code}`)));
  return {
    path,
    toggle: async () => {
      asked += 1;
      const command = `conversation.request.${asked % 2 === 1 ? 'hold' : 'retrieve'}`;
      const answered = new Promise<string>((resolve, reject) => {
        settle = resolve;
        fail = reject;
      });
      socket.send(JSON.stringify({ command, requestId: `r${asked}`, target: path, data: {} }));
      succeeded(await answered);
    },
  };
};

interface Request {
  readonly command: string;
  readonly target?: string;
  readonly data: JsonObject;
}

/** Sends one request and waits for its answer. */
const ask = async (socket: WebSocket, request: Request): Promise<JsonObject> => {
  const answered = new Promise<JsonObject>((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`${request.command}: no answer`)), OVER_MS);
    const hear = (data: Buffer): void => {
      const frame = JSON.parse(data.toString()) as JsonObject;
      if (frame['command'] !== request.command) return;
      clearTimeout(late);
      socket.off('message', hear);
      if (frame['result'] === 'success') resolve(frame);
      else reject(new Error(JSON.stringify(frame)));
    };
    socket.on('message', hear);
  });
  socket.send(JSON.stringify(request));
  return answered;
};

/** The path of the call, once the start of the session has announced it. */
const callOf = (socket: WebSocket): Promise<string> =>
  new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error('no call was announced')), OVER_MS);
    const hear = (data: Buffer): void => {
      const { name, target } = JSON.parse(data.toString()) as {
        readonly name?: string;
        readonly target: string;
      };
      if (name !== 'conversation.initialized') return;
      clearTimeout(late);
      socket.off('message', hear);
      resolve(target);
    };
    socket.on('message', hear);
  });

const open = async (url: string, protocols: readonly string[] = []): Promise<WebSocket> => {
  const socket = new WebSocket(url, [...protocols]);
  await once(socket, 'open');
  return socket;
};

/** Signs an agent in at an edge that gives development tokens; the switch has a call for everybody. */
export const signIn = async (edgeUrl: string, agent: string): Promise<Seat> => {
  const { token } = await post(`${edgeUrl}/dev/token`, { agent });
  const url = `${edgeUrl.replace('http:', 'ws:')}/agent`;
  const socket = await open(url, ['cordboard.v1', `bearer.${String(token)}`]);
  const data = { agent: { id: agent, password: 'demo' } };
  const prepared = await ask(socket, { command: 'prepareSession', data });
  const session = isJsonObject(prepared['data']) ? prepared['data']['session'] : null;
  const target = isJsonObject(session) && typeof session['id'] === 'string' ? session['id'] : '';
  await ask(socket, { command: 'bindSession', target, data: { client: 'tab' } });
  const call = callOf(socket);
  await ask(socket, { command: 'session.start', target, data: {} });
  return seatOn(socket, await call);
};

/** Connects to the raw edge, which asks nobody who he is. */
export const sitDown = async (edgeUrl: string, path: string): Promise<Seat> =>
  seatOn(await open(`${edgeUrl}/${path}`), path);
