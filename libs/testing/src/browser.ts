import { once } from 'node:events';
import { type JsonObject } from '@cordboard/kernel';
import { WebSocket } from 'ws';
import { eventually } from './eventually.ts';

/** A browser on an edge's `/agent`: says what it is told to say and keeps everything it was sent. */
export const openBrowser = async (url: string, jwt: string) => {
  const socket = new WebSocket(url, ['cordboard.v1', `bearer.${jwt}`]);
  const frames: JsonObject[] = [];
  let closed: { code: number; reason: string } | null = null;
  let pings = 0;
  let asked = 0;
  socket.on('message', (data: Buffer) => void frames.push(JSON.parse(data.toString()) as JsonObject));
  socket.on('ping', () => (pings += 1));
  socket.on('close', (code, reason) => (closed = { code, reason: reason.toString() }));
  await once(socket, 'open');
  const next = (test: (frame: JsonObject) => boolean): Promise<JsonObject> =>
    eventually(() => {
      const found = frames.find(test);
      if (found === undefined) throw new Error(`no such frame among ${JSON.stringify(frames)}`);
      return found;
    });
  return {
    socket,
    frames,
    next,
    pings: () => pings,
    /** Of the object events received. */
    sequences: () =>
      frames.filter(({ messageType }) => messageType === 'objectEvent').map(({ sequence }) => sequence),
    /** How the socket was closed, once it was. */
    closed: () =>
      eventually(() => {
        if (closed === null) throw new Error('still open');
        return closed;
      }),
    /** Sends a request and waits for its response. */
    ask: (request: JsonObject): Promise<JsonObject> => {
      const sent = { requestId: `asked-${(asked += 1)}`, ...request };
      socket.send(JSON.stringify(sent));
      return next(({ requestId, result }) => requestId === sent.requestId && result !== undefined);
    },
  };
};
