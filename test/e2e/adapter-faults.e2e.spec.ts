import { createPostgresStore } from '@cordboard/event-store';
import { eventually, freePort, frameClient, type Stack, startStack } from '@cordboard/testing';
import { type Agent, readyAgent, succeeded, tokenFor } from './support/agent.ts';
import { auditSession, ownerOf } from './support/audit.ts';
import { controlOf } from './support/control.ts';
import { Desktop, event, type Frame } from './support/desktop.ts';

const CALLER = { from: '+12025550177', name: 'Example Caller', data: { ticket: 'T-4417-R' } };
const PERSONAL = [CALLER.from, CALLER.name, CALLER.data.ticket];
const TOKENS = { sim: 'a-token-of-the-simulator', acme: 'a-token-of-another-switch' };
const PATIENT = { timeoutMs: 15_000 };

interface OnCall extends Agent {
  readonly call: string;
  readonly conversation: string;
  readonly interaction: string;
}

let stack: Stack;
let nextAgent = 1001;
/** Two agents of one adapter, each in a call: what is done to the one must not be felt by the other. */
let one: OnCall;
let other: OnCall;

const control = () => controlOf(stack.simulatorUrl);

const onCall = async (agent: Agent): Promise<OnCall> => {
  const { desktop, id } = agent;
  const from = desktop.frames.length;
  const call = await control().place({ to: id, ...CALLER });
  const { target: interaction = '' } = await desktop.until(event('interaction.initialized'), from);
  const conversation = desktop.frames.slice(from).find(event('conversation.initialized'))?.target ?? '';
  succeeded(await desktop.ask('conversation.request.answer', conversation));
  await desktop.until(event('state.updated', 'STARTED'), from);
  return { ...agent, call, conversation, interaction };
};

const newOnCall = async (): Promise<OnCall> => {
  const id = String(nextAgent);
  nextAgent += 1;
  return onCall(await readyAgent(stack.edgeUrl, id));
};

beforeAll(async () => {
  const port = String(await freePort());
  stack = await startStack({
    workers: 2,
    gateway: true,
    settings: {
      CORDBOARD_CTI_PORT: port,
      CORDBOARD_CTI_TOKENS: `sim=${TOKENS.sim},acme=${TOKENS.acme}`,
      CORDBOARD_CTI_URL: `tcp://127.0.0.1:${port}`,
      CORDBOARD_CTI_TOKEN: TOKENS.sim,
      CORDBOARD_SIMULATOR_AGENTS: '40',
      CORDBOARD_RECONCILE_MS: '5000',
    },
  });
}, 60_000);
beforeEach(async () => {
  [one, other] = await Promise.all([newOnCall(), newOnCall()]);
}, 30_000);
afterEach(async () => {
  for (const { desktop } of [one, other]) await desktop.close();
});
afterAll(async () => stack.stop());

const does = async ({ desktop }: Agent, command: string, target: string, state: string): Promise<void> => {
  const from = desktop.frames.length;
  succeeded(await desktop.ask(command, target));
  await desktop.until(event('state.updated', state), from);
};
const askHold = ({ desktop, conversation }: OnCall): Promise<Frame> =>
  desktop.ask('conversation.request.hold', conversation);
const hold = (agent: OnCall): Promise<void> =>
  does(agent, 'conversation.request.hold', agent.conversation, 'HELD');
const retrieve = (agent: OnCall): Promise<void> =>
  does(agent, 'conversation.request.retrieve', agent.conversation, 'TALKING');
/** As soon as the phone system can be reached again. */
const soon = (act: () => Promise<void>): Promise<true> => eventually(() => act().then(() => true), PATIENT);

const completes = async ({ desktop, interaction }: OnCall): Promise<void> => {
  const from = desktop.frames.length;
  await soon(async () => void succeeded(await desktop.ask('interaction.request.complete', interaction)));
  await desktop.until(event('interaction.disposed'), from);
};

/** Both agents can go on with their calls and end them; nothing is wrong with what is stored. */
const bothFinish = async (): Promise<void> => {
  for (const agent of [one, other]) {
    await soon(() => hold(agent));
    await retrieve(agent);
    await does(agent, 'conversation.request.release', agent.conversation, 'ENDED');
    await completes(agent);
    await auditSession(stack, { session: agent.session, desktop: null }, PERSONAL);
  }
};

const send = async (method: string, path: string, body: object = {}): Promise<void> => {
  const response = await fetch(`${stack.simulatorUrl}${path}`, {
    method,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  expect(response.ok).toBe(true);
};
/** What the adapter does wrong with the first agent's session, from now on and nothing else. */
const fault = (rule: object): Promise<void> =>
  send('PUT', '/v1/faults', { seed: 1, rules: [{ session: one.session, ...rule }] });

const STORIES: Readonly<Record<string, string>> = {
  AdapterLost: 'reason',
  ReconcileBegan: 'cause',
  Reconciled: 'cause',
  ReconcileEnded: 'outcome',
};
/** What the history of a session tells of its adapter. */
const storyOf = async ({ session }: Agent): Promise<readonly string[]> => {
  const store = await createPostgresStore({ url: stack.database.applicationUrl, workerId: 'auditor' });
  try {
    return (await store.read(session)).flatMap(({ type, data }) => {
      const key = STORIES[type];
      return key === undefined ? [] : [`${type} ${data[key] as string}`];
    });
  } finally {
    await store.close();
  }
};
const readAgain = (reason: string, cause: string, differences = 0): readonly string[] => [
  `AdapterLost ${reason}`,
  `ReconcileBegan ${cause}`,
  ...Array.from({ length: differences }, () => `Reconciled ${cause}`),
  'ReconcileEnded done',
];
const worker = async () => {
  const id = await ownerOf(stack, one.session);
  const found = stack.workers.find(({ pid }) => id.startsWith(`w-${pid}-`));
  if (found === undefined) throw new Error(`${id} is not a worker of this stack`);
  return found;
};

describe('an adapter on TCP, in the middle of a call', () => {
  it('that is held up answers late, and loses nothing', async () => {
    stack.simulator.freeze();
    const held = [hold(one), hold(other)];
    stack.simulator.resume();
    await Promise.all(held);
    await retrieve(one);
    await retrieve(other);
    await send('POST', '/v1/faults/hang', { forMs: 500 });
    await bothFinish();
    expect(await storyOf(one)).toEqual([]);
  }, 30_000);

  it('that is started anew knows no session; its switch knows the calls', async () => {
    await send('POST', '/v1/faults/restart');
    await bothFinish();
    expect(await storyOf(one)).toEqual(readAgain('stopped', 'adapter-restarted'));
  }, 30_000);

  it('whose switch is away for a moment and keeps the calls', async () => {
    await send('POST', '/v1/restart', { calls: 'kept', afterMs: 300 });
    await bothFinish();
    expect(await storyOf(one)).toEqual(readAgain('stopped', 'switch-link-restored'));
  }, 30_000);

  it('that is killed with its switch: the calls end, and the history says why', async () => {
    const from = [one, other].map(({ desktop }) => desktop.frames.length);
    await stack.simulator.kill();
    await stack.simulator.start();
    for (const [at, { desktop, session }] of [one, other].entries()) {
      await desktop.until(event('interaction.disposed'), from[at]);
      await auditSession(stack, { session, desktop }, PERSONAL);
    }
    expect(await storyOf(one)).toEqual(readAgain('stopped', 'adapter-restarted', 2));
  }, 30_000);

  it('that answers and tells wrongly about one session', async () => {
    const asked = { on: 'answer', name: 'conversation.request.hold' };
    await fault({ ...asked, do: 'refuse', message: 'not today', count: 1 });
    expect((await askHold(one)).failure).toMatchObject({ code: 'CTI_ERROR', message: 'not today' });
    await fault({ ...asked, do: 'double' });
    await hold(one);
    await retrieve(one);
    await fault({ on: 'event', name: 'conversation.*', do: 'double' });
    const from = one.desktop.frames.length;
    await hold(one);
    await retrieve(one);
    const states = one.desktop.frames.slice(from).filter(event('state.updated'));
    expect(states.map(({ data }) => data?.state)).toEqual(['HELD', 'TALKING']);
    await fault({ on: 'event', name: 'conversation.held', do: 'drop', count: 1 });
    await hold(one);
    expect(await storyOf(one)).toEqual(['Reconciled timer']);
    await retrieve(one);
    await fault({ on: 'event', name: 'conversation.*', do: 'delay', delayMs: 200 });
    await bothFinish();
    expect(await storyOf(other)).toEqual([]);
  }, 30_000);
});

describe('what lies between an adapter on TCP and the agents', () => {
  it('the gateway is killed, and the caller hangs up meanwhile', async () => {
    const from = one.desktop.frames.length;
    await stack.gateway.kill();
    expect((await askHold(other)).failure?.code).toBe('CTI_ERROR');
    await control().act(one.call, 'hangup');
    await stack.gateway.start();
    await one.desktop.until(event('state.updated', 'ENDED'), from);
    await completes(one);
    await soon(() => hold(other));
    expect(await storyOf(one)).toContain('Reconciled adapter-restarted');
  }, 30_000);

  it('the gateway is held up: what it did in the end is read', async () => {
    const from = one.desktop.frames.length;
    stack.gateway.freeze();
    const refused = await askHold(one).finally(stack.gateway.resume);
    expect(refused.failure?.code).toBe('CTI_ERROR');
    await one.desktop.until(event('state.updated', 'HELD'), from);
    await soon(() => retrieve(one));
    await bothFinish();
    expect((await storyOf(one)).slice(0, 2)).toEqual(readAgain('silent', 'connection-restored').slice(0, 2));
  }, 30_000);

  it('the gateway and the owner of the session are killed together', async () => {
    const owner = await worker();
    await Promise.all([stack.gateway.kill(), owner.kill()]);
    await Promise.all([stack.gateway.start(), owner.start()]);
    await bothFinish();
    expect(await storyOf(one)).toContain('ReconcileBegan adapter-restarted');
  }, 30_000);

  it('NATS is held up', async () => {
    process.kill(stack.nats.pid, 'SIGSTOP');
    const held = hold(one);
    process.kill(stack.nats.pid, 'SIGCONT');
    await held;
    await retrieve(one);
    await bothFinish();
  }, 30_000);

  it('NATS is killed: workers and edge begin anew, gateway and adapter go on', async () => {
    await stack.nats.kill();
    const apps = [...stack.workers, stack.edge];
    await Promise.all([one.desktop.closed, other.desktop.closed, ...apps.map((app) => app.ended())]);
    await stack.nats.restart();
    await Promise.all(apps.map((app) => app.start()));
    const again = async (agent: OnCall): Promise<OnCall> => {
      const desktop = await Desktop.open(stack.edgeUrl, await tokenFor(stack.edgeUrl, agent.id), 'again');
      const cursor = { afterSequence: agent.desktop.events.at(-1)?.sequence, client: `tab-${agent.id}` };
      succeeded(await desktop.ask('bindSession', agent.session, cursor));
      return { ...agent, desktop };
    };
    [one, other] = await Promise.all([again(one), again(other)]);
    await bothFinish();
  }, 30_000);

  it('another adapter speaks of what is not its own: nobody hears of it', async () => {
    const acme = frameClient(stack.gateway.ports['cti'] ?? 0);
    acme.say({ header: { type: 'cti.hello' }, body: { processor: 'acme', token: TOKENS.acme } });
    await acme.accept('cti.request.status');
    acme.event('conversation.held', one.conversation);
    acme.event('session.ended', one.session);
    acme.event('cti.status', 'sim.CONTROL', { status: 'STOPPED' });
    acme.event('cti.status', 'acme.CONTROL', { status: 'STARTED' });
    await acme.question('cti.query.capabilities');
    const told = (): readonly unknown[] =>
      one.desktop.frames.filter(event('state.updated')).map(({ data }) => data?.state);
    expect(told().slice(-1)).toEqual(['STARTED']);
    acme.close();
    await bothFinish();
    expect(await storyOf(one)).toEqual([]);
  }, 30_000);
});

it('no log holds anything personal, and no secret', async () => {
  const said = stack.logs();
  for (const secret of [...PERSONAL, ...Object.values(TOKENS), '"password"'])
    expect([secret, said.includes(secret)]).toEqual([secret, false]);
  await bothFinish();
});
