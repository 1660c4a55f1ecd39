import { setTimeout as delay } from 'node:timers/promises';
import { type PrivateDatabase, privateNats } from '@cordboard/testing';
import { startAdapter, startEngine } from '../chain/engine-chain.ts';
import { startHelper } from '../chain/helper.ts';
import { cpuDuring } from '../harness/cpu.ts';

/** Microseconds of processor time that one agent, signed in and in a call that is up, takes every second. */
export type IdleCost = Readonly<Record<'edge' | 'worker' | 'nats', number>>;

export interface IdleOptions {
  readonly agents: number;
  /** So long before anybody is there, then with all of them. */
  readonly watchMs: number;
}

/** Bindings are renewed every 5 s, pings go out every 15 s: both are under way by then. */
const SETTLED_MS = 5_000;

/** What keeping agents costs while none of them does anything: renewals, pings, beacons, beats. */
export const idleCost = async (
  database: PrivateDatabase,
  { agents, watchMs }: IdleOptions,
): Promise<IdleCost> => {
  const nats = await privateNats();
  const adapter = await startAdapter(nats.url);
  const engine = await startEngine({ database, natsUrl: nats.url }, { workers: 1 });
  const load = startHelper('load');
  try {
    const pids = { edge: engine.edge.pid, worker: engine.workers[0]?.pid ?? 0, nats: nats.pid };
    const watch = () => cpuDuring(pids, () => delay(watchMs));
    const alone = await watch();
    await load.ask('signIn', { edgeUrl: engine.edgeUrl, sessions: agents });
    await delay(SETTLED_MS);
    const full = await watch();
    const each = (name: keyof typeof pids): number =>
      (((full[name] ?? 0) - (alone[name] ?? 0)) * 1e9) / watchMs / agents;
    return { edge: each('edge'), worker: each('worker'), nats: each('nats') };
  } finally {
    await load.stop();
    await engine.stop();
    await adapter.stop();
    await nats.stop();
  }
};
