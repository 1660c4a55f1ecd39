import { type Bus, connectNats, deliver, HEADERS, subjects } from '@cordboard/bus';
import { CAPABILITY_KEYS } from '@cordboard/cti-protocol';
import { type Worker } from '@cordboard/engine';
import { createMemoryStore, type EventStore } from '@cordboard/event-store';
import { type JsonObject, ok, parseTarget } from '@cordboard/kernel';
import { eventually, scriptedAdapter, sequentialIds, virtualClock } from '@cordboard/testing';
import { hireWorker } from '../hired-worker.ts';

/** One session worker in this process, and a desk that works for any number of agents. */
export interface WorkerDesk {
  readonly worker: Worker;
  /** Prepares, binds and starts a session of the agent; gives its id and the paths of its channels. */
  readonly signIn: (
    agent: string,
  ) => Promise<{ readonly session: string; readonly channels: readonly string[] }>;
  readonly ask: (agent: string, command: string, path: string, data?: JsonObject) => Promise<void>;
  readonly close: () => Promise<void>;
}

type Clock = ReturnType<typeof virtualClock>;

interface Answer {
  readonly result: string;
  readonly data?: { readonly session?: { readonly id: string } };
}

/** A log that forgets what it stored: only what the worker itself holds is to be seen. */
const forgetfulStore = (clock: Clock): EventStore => {
  let wpos = 0;
  return {
    ...createMemoryStore({ now: clock.now, workerId: 'bench' }),
    append: async ({ records }) => ok({ lane: 1, wpos: (wpos += records.length) }),
  };
};

/** A switch that offers everything, with one group of three channels for each agent; nobody calls. */
const startSwitch = async (bus: Bus, clock: Clock): Promise<ReturnType<typeof scriptedAdapter>> => {
  const adapter = scriptedAdapter({ bus, clock });
  const channels = ['TELEPHONY', 'CHAT', 'EMAIL'].map((type) => ({
    'end-point': `1001-${type.toLowerCase()}`,
    type,
  }));
  const offers = CAPABILITY_KEYS.map((key) => [key, key !== 'logout-reason-required']);
  adapter.script('cti.query.capabilities', Object.fromEntries(offers) as JsonObject);
  adapter.script('channelgroup.query.init', { channels });
  adapter.script('channel.query.init', {
    'channel-state': 'ACTIVE',
    'agent-state': { status: 'not_ready', 'reason-code': '1', 'reason-name': 'Lunch' },
    interactions: [],
  });
  await bus.flush();
  return adapter;
};

const succeeded = (answer: Answer, what: string): Answer => {
  if (answer.result !== 'success') throw new Error(`${what}: ${JSON.stringify(answer)}`);
  return answer;
};

/** What an edge sends for its agents. */
const openDesk = (desk: Bus, clock: Clock) => {
  let requests = 0;

  const prepare = async (agent: string): Promise<string> => {
    const request = { command: 'prepareSession', requestId: `p${(requests += 1)}` };
    const answered = await desk.request(
      subjects.prepare('demo'),
      JSON.stringify({ ...request, data: { agent: { id: agent, password: 'demo' } } }),
      { timeoutMs: 20_000, headers: { [HEADERS.actor]: `agent:${agent}` } },
    );
    if (!answered.ok) throw new Error(`prepareSession: ${answered.error}`);
    const { data } = succeeded(JSON.parse(answered.value.body) as Answer, 'prepareSession');
    return data?.session?.id ?? '';
  };

  const ask: WorkerDesk['ask'] = async (agent, command, path, data = {}) => {
    const target = parseTarget(path.includes('.') ? 'channel' : 'session', path);
    if (!target.ok) throw new Error(path);
    const answered = await deliver(desk, {
      subject: subjects.command('demo', target.value, command),
      claim: subjects.claim('demo'),
      body: JSON.stringify({ command, requestId: `r${(requests += 1)}`, target: path, data }),
      headers: { [HEADERS.actor]: `agent:${agent}`, [HEADERS.binding]: `b-${agent}` },
      clock,
      timeoutMs: 60_000,
    });
    if (!answered.ok) throw new Error(`${command}: ${answered.error}`);
    succeeded(JSON.parse(answered.value.body) as Answer, command);
  };

  /** The paths of the channels that the start of a session announces. */
  const channelsOf = async (session: string, start: () => Promise<void>): Promise<readonly string[]> => {
    const paths: string[] = [];
    let initialized = (): void => undefined;
    const over = new Promise<void>((resolve) => (initialized = resolve));
    const heard = desk.subscribe(subjects.eventsOf('demo', session), ({ body }) => {
      const { name, target, data } = JSON.parse(body) as { name?: string; target: string; data: JsonObject };
      if (name === 'channel.created') paths.push(`${target}.${(data['channel'] as { id: string }).id}`);
      if (name === 'session.initialized') initialized();
    });
    await start();
    await over;
    heard.unsubscribe();
    return paths;
  };

  return { prepare, ask, channelsOf };
};

/**
 * The engine as a session worker runs it, on a real connection to NATS, since what a session listens to takes
 * room there, too. The time stands still: nobody goes away while others are still being signed in.
 */
export const openWorkerDesk = async (natsUrl: string): Promise<WorkerDesk> => {
  const clock = virtualClock();
  const open = (name: string) => connectNats({ url: natsUrl, name, clock });
  const buses = await Promise.all([open('worker'), open('desk'), open('switch')]);
  const [workerBus, deskBus, switchBus] = buses;
  const worker = await hireWorker({
    bus: workerBus,
    store: forgetfulStore(clock),
    clock,
    ids: sequentialIds(),
  });
  const adapter = await startSwitch(switchBus, clock);
  const { prepare, ask, channelsOf } = openDesk(deskBus, clock);
  await eventually(async () => {
    adapter.status();
    await switchBus.flush();
    return prepare('first').then(() => true as const);
  });
  return {
    worker,
    ask: async (...given) => {
      await ask(...given);
      adapter.heard.length = 0;
    },
    signIn: async (agent) => {
      const session = await prepare(agent);
      await ask(agent, 'bindSession', session, { client: 'tab' });
      const channels = await channelsOf(session, () => ask(agent, 'session.start', session));
      adapter.heard.length = 0;
      return { session, channels };
    },
    close: async () => {
      await worker.stop();
      await Promise.all(buses.map((bus) => bus.drain()));
    },
  };
};
