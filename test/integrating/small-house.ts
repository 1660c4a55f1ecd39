import { type Bus, connectNats, deliver, HEADERS, OWNERS_QUEUE, subjects } from '@cordboard/bus';
import { type House } from '@cordboard/domain';
import { createWorker } from '@cordboard/engine';
import { createPostgresStore, createVault } from '@cordboard/event-store';
import { type Clock, type JsonObject, type ObjectKind, parseTarget } from '@cordboard/kernel';
import { systemIds } from '@cordboard/runtime';
import { eventually, type PrivateDatabase, type PrivateNats, scriptedAdapter } from '@cordboard/testing';

const clock: Clock = {
  now: () => Date.now(),
  after: (delayMs, task) => {
    const timer = setTimeout(task, delayMs);
    return () => clearTimeout(timer);
  },
};

const HOUSE: House = {
  directory: [],
  notReadyReasons: [],
  logoutReasons: [],
  dispositions: [],
  models: {},
  queues: { '7001': { wrapUpMs: 0, dispositionRequired: false } },
};

const READING = {
  'interaction-state': 'ALERTING',
  conversations: { primary: { id: 'leg' } },
};

const silent = (): void => undefined;

/** One worker that fills the feed, on a real log and a real NATS. */
const openWorker = async (bus: Awaited<ReturnType<typeof connectNats>>, url: string) => {
  const store = await createPostgresStore({ url, workerId: 'w1' });
  const worker = createWorker(
    {
      store,
      vault: createVault({ tenantKeys: () => Buffer.alloc(32, 7) }),
      bus,
      feed: bus.feed,
      clock,
      ids: systemIds,
      log: { debug: silent, info: silent, warn: silent, error: silent },
      metrics: { count: silent, owned: silent, level: silent },
    },
    {
      workerId: 'w1',
      defaultProcessor: 'sim',
      policy: { resumeMs: 120_000, whenLapsed: 'keep', unboundMs: 300_000 },
      house: () => HOUSE,
    },
  );
  const queue = { queue: OWNERS_QUEUE };
  bus.subscribe(subjects.prepares(), (message) => void worker.onPrepare(message), queue);
  bus.subscribe(subjects.claims(), (message) => void worker.onClaim(message), queue);
  bus.subscribe(subjects.ctiStatuses(), (message) => worker.onStatus(message));
  await worker.start();
  return async (): Promise<void> => {
    await worker.stop();
    await store.close();
  };
};

const commander =
  (desk: Bus) =>
  async (command: string, path: string, data: JsonObject = {}): Promise<void> => {
    const kind = command === 'bindSession' ? 'session' : (command.split('.')[0] as ObjectKind);
    const target = parseTarget(kind, path);
    if (!target.ok) throw new Error(path);
    const answer = await deliver(desk, {
      subject: subjects.command('demo', target.value, command),
      claim: subjects.claim('demo'),
      body: JSON.stringify({ command, requestId: `${command.replaceAll('.', '-')}`, target: path, data }),
      headers: { [HEADERS.actor]: 'agent:1001', [HEADERS.binding]: 'b1' },
      clock,
      timeoutMs: 10_000,
    });
    const body = answer.ok ? answer.value.body : answer.error;
    if (!body.includes('"success"')) throw new Error(`${command}: ${body}`);
  };

/** Fails until the worker has heard of the adapter. */
const prepareSession = async (desk: Bus): Promise<string> => {
  const request = {
    command: 'prepareSession',
    requestId: 'p',
    data: { agent: { id: '1001', password: 'x' } },
  };
  const headers = { [HEADERS.actor]: 'agent:1001' };
  const prepared = await desk.request(subjects.prepare('demo'), JSON.stringify(request), {
    timeoutMs: 10_000,
    headers,
  });
  const body = prepared.ok ? prepared.value.body : prepared.error;
  const id = /"session":{"id":"([^"]+)"/.exec(body)?.[1];
  if (id === undefined) throw new Error(body);
  return id;
};

/** An agent with a phone, at which calls of queues arrive, all on real servers and in this process. */
export const smallHouse = async (nats: PrivateNats, database: PrivateDatabase) => {
  const [bus, desk, wire] = await Promise.all(
    ['worker', 'desk', 'adapter'].map((name) => connectNats({ url: nats.url, name })),
  );
  if (bus === undefined || desk === undefined || wire === undefined) throw new Error('no connection');
  const adapter = scriptedAdapter({ bus: wire, clock });
  adapter.script('channel.query.init', { 'channel-state': 'ACTIVE', interactions: [] });
  const stopWorker = await openWorker(bus, database.applicationUrl);
  adapter.status();
  await wire.flush();
  const send = commander(desk);
  const created: { readonly name: string; readonly path: string }[] = [];
  desk.subscribe(subjects.events(), ({ body }) => {
    const { name, target, data } = JSON.parse(body) as JsonObject;
    const [kind = '', what] = typeof name === 'string' ? name.split('.') : [];
    if (what !== 'created') return;
    const { id } = (data as Record<string, { readonly id: string }>)[kind] ?? { id: '' };
    created.push({ name: kind, path: `${target as string}.${id}` });
  });
  const last = (kind: string): string => created.findLast(({ name }) => name === kind)?.path ?? '';
  const session = await eventually(() => prepareSession(desk));
  await send('bindSession', session, { client: 'tab' });
  await send('session.start', session);
  let calls = 0;
  return {
    /** A call of a queue rings; gives its path and that of its leg. */
    ring: async (queue: string): Promise<{ readonly interaction: string; readonly conversation: string }> => {
      const data = { ANI: '+12025550123', QUEUE: queue };
      adapter.script('interaction.query.init', { ...READING, 'interaction-data': data });
      const before = last('conversation');
      await adapter.report('channel.interaction', last('channel'), { nativeid: `call${(calls += 1)}` });
      await eventually(() => last('conversation') !== before);
      return { interaction: last('interaction'), conversation: last('conversation') };
    },
    report: adapter.report,
    close: async (): Promise<void> => {
      adapter.leave();
      await stopWorker();
      await Promise.all([bus.drain(), desk.drain(), wire.drain()]);
    },
  };
};
