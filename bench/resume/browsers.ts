import { once } from 'node:events';
import { WebSocket } from 'ws';
import { inTurns } from '../harness/in-turns.ts';
import { type MissedLog } from './missed-log.ts';

const AT_ONCE = 50;

const developmentToken = async (edgeUrl: string): Promise<string> => {
  const answer = await fetch(`${edgeUrl}/dev/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ agent: '1001' }),
  });
  return ((await answer.json()) as { readonly token: string }).token;
};

interface Browser {
  readonly socket: WebSocket;
  readonly session: string;
  /** Settles with the frames when all that was missed is there. */
  readonly bind: () => Promise<readonly Buffer[]>;
}

const browserOf = (socket: WebSocket, session: string, { cursor, last }: MissedLog): Browser => ({
  socket,
  session,
  bind: () =>
    new Promise((resolve, reject) => {
      const frames: Buffer[] = [];
      socket.on('message', (frame: Buffer) => {
        if (frames.push(frame) === 1 && frame.includes('"reset"')) reject(new Error('began afresh'));
        if (frames.length === last - cursor + 1) resolve(frames);
      });
      socket.once('close', (code) => reject(new Error(`closed with ${code}`)));
      const data = { client: 'tab', takeover: false, afterSequence: cursor };
      socket.send(JSON.stringify({ command: 'bindSession', requestId: 'bind', target: session, data }));
    }),
});

/** Throws unless the frames are the answer to the bind and then each event once, in order. */
const verify = (frames: readonly Buffer[], { cursor }: MissedLog): void => {
  const [answer, ...events] = frames.map((frame) => JSON.parse(frame.toString()) as Record<string, unknown>);
  if (answer?.['result'] !== 'success') throw new Error(`not bound: ${JSON.stringify(answer)}`);
  events.forEach(({ sequence, previous }, index) => {
    if (sequence !== cursor + index + 1 || previous !== cursor + index)
      throw new Error('events out of order');
  });
};

/** Browsers that come back, or clients of another server. */
export interface Returning {
  /** All say where they were, at once; settles when the last has caught up. */
  readonly catchUp: () => Promise<void>;
  /** Raises unless each has each event once, in order. */
  readonly close: () => Promise<void>;
}

/** One browser for each session, all connected, none bound yet. */
export const openBrowsers = async (edgeUrl: string, log: MissedLog): Promise<Returning> => {
  const token = await developmentToken(edgeUrl);
  const url = `${edgeUrl.replace('http:', 'ws:')}/agent`;
  const browsers: Browser[] = [];
  await inTurns(log.sessions, AT_ONCE, async (session) => {
    const socket = new WebSocket(url, ['cordboard.v1', `bearer.${token}`]);
    await once(socket, 'open');
    browsers.push(browserOf(socket, session, log));
  });
  let heard: readonly (readonly Buffer[])[] = [];
  return {
    catchUp: async () => {
      heard = await Promise.all(browsers.map(({ bind }) => bind()));
    },
    close: async () => {
      for (const frames of heard) verify(frames, log);
      await Promise.all(
        browsers.map(({ socket }) => {
          socket.removeAllListeners('close');
          const closed = once(socket, 'close');
          socket.close();
          return closed;
        }),
      );
    },
  };
};
