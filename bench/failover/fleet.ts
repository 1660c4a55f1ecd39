import { randomBytes } from 'node:crypto';
import { type Bus, connectNats } from '@cordboard/bus';
import { DEMO_HOUSE_FILE } from '@cordboard/embedded';
import { systemClock } from '@cordboard/runtime';
import {
  type PrivateDatabase,
  privateNats,
  scriptedAdapter,
  startApp,
  type StackApp,
} from '@cordboard/testing';

/** Session workers of processes of their own; the switch, and what an edge says, are played in this process. */
export interface Fleet {
  readonly bus: Bus;
  /** Starts one more session worker. */
  readonly hire: () => Promise<StackApp>;
  /** What the workers wrote, for the message of an error. */
  readonly logs: () => string;
  /** Ends whatever is left. */
  readonly close: () => Promise<void>;
}

/** Agents are ready from the start; what is configured does not come from the switch. */
const startSwitch = (bus: Bus): (() => void) => {
  const adapter = scriptedAdapter({ bus, clock: systemClock });
  adapter.script('channel.query.init', {
    'channel-state': 'ACTIVE',
    'agent-state': { status: 'ready' },
    interactions: [],
  });
  adapter.status();
  return adapter.leave;
};

export const openFleet = async (
  { applicationUrl }: Pick<PrivateDatabase, 'applicationUrl'>,
  execArgv: readonly string[] = [],
): Promise<Fleet> => {
  const nats = await privateNats();
  const [bus, switchBus] = await Promise.all([
    connectNats({ url: nats.url, name: 'bench' }),
    connectNats({ url: nats.url, name: 'bench-switch' }),
  ]);
  const leave = startSwitch(switchBus);
  const settings = {
    CORDBOARD_DATABASE_URL: applicationUrl,
    CORDBOARD_NATS_URL: nats.url,
    CORDBOARD_TENANT_KEYS: `demo=${randomBytes(32).toString('base64')}`,
    CORDBOARD_HOUSE_FILE: DEMO_HOUSE_FILE,
  };
  const workers: StackApp[] = [];
  return {
    bus,
    hire: async () => {
      const worker = await startApp('session', settings, execArgv);
      workers.push(worker);
      return worker;
    },
    logs: () => workers.map((worker) => worker.log()).join('\n'),
    close: async () => {
      leave();
      await Promise.all(workers.map((worker) => worker.stop()));
      await Promise.all([bus.drain(), switchBus.drain()]);
      await nats.stop();
    },
  };
};
