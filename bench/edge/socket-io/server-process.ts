import { fork } from 'node:child_process';
import { once } from 'node:events';
import { extname, join } from 'node:path';
import { eventually } from '@cordboard/testing';
import { type ProcessMemory } from '../../app-process.ts';
import { type Order, type Told } from './orders.ts';

/** A Socket.IO server in a process of its own. */
export interface SocketIoServer {
  readonly pid: number;
  /** Forgets everything and serves anew; gives the port. */
  readonly begin: () => Promise<number>;
  /** Sends each event to each room. */
  readonly emit: (rooms: readonly string[], events: readonly object[]) => Promise<void>;
  /** Settles when so many clients are connected. */
  readonly connected: (count: number) => Promise<void>;
  readonly memory: () => Promise<ProcessMemory>;
  readonly stop: () => Promise<void>;
}

export const startSocketIo = (): SocketIoServer => {
  const file = join(import.meta.dirname, `server${extname(import.meta.filename)}`);
  const child = fork(file, { execArgv: [...process.execArgv, '--expose-gc'] });
  const exited = once(child, 'exit');
  const tell = async (order: Order): Promise<Told> => {
    child.send(order);
    const [told] = (await Promise.race([
      once(child, 'message'),
      exited.then(() => Promise.reject(new Error('the Socket.IO server has ended'))),
    ])) as [Told];
    return told;
  };
  return {
    pid: child.pid ?? 0,
    begin: async () => (await tell({ kind: 'begin' })).port ?? 0,
    emit: async (rooms, events) => void (await tell({ kind: 'emit', rooms, events })),
    connected: async (count) => {
      await eventually(async () => ((await tell({ kind: 'connected' })).count === count ? true : null), {
        timeoutMs: 30_000,
      });
    },
    memory: async () => {
      const { memory } = await tell({ kind: 'memory' });
      if (memory === undefined) throw new Error('it did not tell what it takes');
      return memory;
    },
    stop: async () => {
      child.disconnect();
      await exited;
    },
  };
};
