import { type Bus } from '@cordboard/bus';
import { type StackApp } from '@cordboard/testing';
import { memoryOf, type ProcessMemory } from '../app-process.ts';
import { openBrowsers, type Returning } from '../resume/browsers.ts';
import { edgeUrlOf } from './edge-process.ts';
import { playOwners } from './played-owners.ts';
import { openMembers } from './socket-io/clients.ts';
import { type SocketIoServer } from './socket-io/server-process.ts';

const SEQUENCE = 1;

/** What each socket of a batch added to a process. */
export interface AddedMemory {
  readonly used: readonly number[];
  readonly resident: readonly number[];
}

interface Batches {
  /** Opens a batch; gives how to close it. */
  readonly open: (batch: number) => Promise<() => Promise<void>>;
  readonly read: () => Promise<ProcessMemory>;
}

/** One batch after the other stays; the first one warms up. */
const added = async ({ open, read }: Batches, batches: number, size: number): Promise<AddedMemory> => {
  const found: { readonly used: number; readonly resident: number }[] = [];
  const closers: (() => Promise<void>)[] = [await open(0)];
  let before = await read();
  for (let batch = 1; batch <= batches; batch += 1) {
    closers.push(await open(batch));
    const now = await read();
    found.push({
      used: (now.used - before.used) / size,
      resident: (now.resident - before.resident) / size,
    });
    before = now;
  }
  for (const close of closers) await close();
  return { used: found.map(({ used }) => used), resident: found.map(({ resident }) => resident) };
};

const idOf = (n: number): string => `01900000-0000-7000-8000-${n.toString(16).padStart(12, '0')}`;

const idsOf = (batch: number, size: number): readonly string[] =>
  Array.from({ length: size }, (_, index) => idOf(batch * size + index + 1));

/** Bytes that a socket takes in the edge with a session bound to it. */
export const edgeSocketMemory = (
  edge: StackApp,
  bus: Bus,
  { batches, size }: { readonly batches: number; readonly size: number },
): Promise<AddedMemory> => {
  const open = async (batch: number) => {
    const sessions = idsOf(batch, size);
    const owners = await playOwners(bus, sessions);
    owners.say(SEQUENCE);
    const browsers: Returning = await openBrowsers(edgeUrlOf(edge), {
      sessions,
      cursor: SEQUENCE,
      last: SEQUENCE,
    });
    await browsers.catchUp();
    return browsers.close;
  };
  return added({ open, read: () => memoryOf(edge) }, batches, size);
};

/** Bytes that a client in a room of its own takes in a Socket.IO server. */
export const socketIoMemory = async (
  server: SocketIoServer,
  { batches, size }: { readonly batches: number; readonly size: number },
): Promise<AddedMemory> => {
  const port = await server.begin();
  const open = async (batch: number) => (await openMembers(port, idsOf(batch, size))).leave;
  return added({ open, read: server.memory }, batches, size);
};
