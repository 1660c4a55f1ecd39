import { once } from 'node:events';
import { WebSocket } from 'ws';
import { inTurns } from '../../harness/in-turns.ts';
import { type Returning } from '../../resume/browsers.ts';

// Clients of Socket.IO on bare sockets (Engine.IO 4, Socket.IO 5), as the browsers of our edge are: no server is made
// to look slow by what its client library does with a message.

const AT_ONCE = 50;
const OPENED = '0';
const PING = '2';
const PONG = '3';
const JOIN = '40';
const EVENT = '42';

/** Where a client may go on: which session, and the last packet that it has. */
export interface Place {
  readonly pid: string;
  readonly offset: string;
}

const isA = (type: string, packet: Buffer): boolean => packet.toString('latin1', 0, type.length) === type;
const bodyOf = (packet: Buffer): unknown => JSON.parse(packet.toString('utf8', 2));
const pidIn = (packet: Buffer): string => (bodyOf(packet) as { readonly pid: string }).pid;

const openSocket = (port: number): Promise<WebSocket> =>
  new Promise((resolve, reject) => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/socket.io/?EIO=4&transport=websocket`);
    socket.once('error', reject);
    socket.on('message', (packet: Buffer) => {
      if (isA(OPENED, packet)) resolve(socket);
      else if (packet.length === 1 && isA(PING, packet)) socket.send(PONG);
    });
  });

const closeSocket = async (socket: WebSocket): Promise<void> => {
  const closed = once(socket, 'close');
  socket.terminate();
  await closed;
};

/** What a client says first: where it was, or which room it wants. */
type Entry = Place | { readonly room: string };

/** Joins or comes back; settles with its session and the events, when so many came. Rejects when it is not known. */
const enter = (socket: WebSocket, entry: Entry, events: number) =>
  new Promise<{ readonly pid: string; readonly packets: readonly Buffer[] }>((resolve, reject) => {
    const packets: Buffer[] = [];
    let pid = '';
    const look = (packet: Buffer): void => {
      if (isA(JOIN, packet)) pid = pidIn(packet);
      else if (isA(EVENT, packet)) packets.push(packet);
      if (pid !== '' && 'pid' in entry && pid !== entry.pid) reject(new Error('not recovered'));
      if (pid === '' || packets.length < events) return;
      socket.off('message', look);
      resolve({ pid, packets });
    };
    socket.on('message', look);
    socket.send(`${JOIN}${JSON.stringify(entry)}`);
  });

const offsetIn = (packet: Buffer): string => String((bodyOf(packet) as readonly unknown[]).at(-1));

const nextEvent = (socket: WebSocket): Promise<Buffer> =>
  new Promise((resolve) => {
    const look = (packet: Buffer): void => {
      if (!isA(EVENT, packet)) return;
      socket.off('message', look);
      resolve(packet);
    };
    socket.on('message', look);
  });

/** Clients that are there, each in a room. */
export const openMembers = async (port: number, rooms: readonly string[]) => {
  const members: { readonly socket: WebSocket; readonly pid: string }[] = [];
  await inTurns(rooms, AT_ONCE, async (room) => {
    const socket = await openSocket(port);
    const { pid } = await enter(socket, { room }, 0);
    members.push({ socket, pid });
  });
  return {
    /** Where each can go on, once it has the next event. */
    places: (): Promise<readonly Place[]> =>
      Promise.all(
        members.map(async ({ socket, pid }) => ({ pid, offset: offsetIn(await nextEvent(socket)) })),
      ),
    leave: async () => {
      await Promise.all(members.map(({ socket }) => closeSocket(socket)));
    },
  };
};

/** Whether the server still knows a client that was away. */
export const isRecovered = async (port: number, place: Place): Promise<boolean> => {
  const socket = await openSocket(port);
  const recovered = await enter(socket, place, 0).then(
    () => true,
    () => false,
  );
  await closeSocket(socket);
  return recovered;
};

const verify = (packets: readonly Buffer[], cursor: number): void => {
  packets.forEach((packet, index) => {
    const [, event] = bodyOf(packet) as readonly [string, { readonly sequence: number }];
    if (event.sequence !== cursor + index + 1) throw new Error('events out of order');
  });
};

/** One client for each that was away, all connected, none back yet. */
export const openReturning = async (
  port: number,
  places: readonly Place[],
  { cursor, last }: { readonly cursor: number; readonly last: number },
): Promise<Returning> => {
  const all: { readonly socket: WebSocket; readonly place: Place }[] = [];
  await inTurns(places, AT_ONCE, async (place) => void all.push({ socket: await openSocket(port), place }));
  let heard: readonly (readonly Buffer[])[] = [];
  return {
    catchUp: async () => {
      heard = await Promise.all(
        all.map(async ({ socket, place }) => (await enter(socket, place, last - cursor)).packets),
      );
    },
    close: async () => {
      for (const packets of heard) verify(packets, cursor);
      await Promise.all(all.map(({ socket }) => closeSocket(socket)));
    },
  };
};
