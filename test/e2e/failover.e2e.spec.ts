import { type Client, connect } from '@cordboard/client';
import { eventually, type Stack, type StackApp, startStack } from '@cordboard/testing';
import { type Agent, readyAgent, succeeded, tokenFor } from './support/agent.ts';
import { auditSession, ownerOf, storedEvents } from './support/audit.ts';
import { type Control, controlOf } from './support/control.ts';
import { event } from './support/desktop.ts';

const CALLER = { from: '+12025550177', name: 'Example Caller', data: { ticket: 'T-4711-X' } };
const PERSONAL = [CALLER.from, CALLER.name, CALLER.data.ticket];

let stack: Stack;
let control: Control;
const dead: StackApp[] = [];

beforeAll(async () => {
  const settings = { CORDBOARD_RESUME_MS: '1000', CORDBOARD_RESUME_POLICY: 'not-ready' };
  stack = await startStack({ workers: 2, edges: 2, settings });
  control = controlOf(stack.simulatorUrl);
}, 60_000);
afterEach(async () => {
  for (const worker of dead.splice(0)) await worker.start();
});
afterAll(async () => stack.stop());

/** Ends the owning worker at once, as a crash would. */
const killOwner = async (agent: Agent): Promise<string> => {
  const owner = await ownerOf(stack, agent.session);
  const worker = stack.workers.find(({ pid }) => owner.startsWith(`w-${pid}-`));
  if (worker === undefined) throw new Error(`${owner} is not a worker of this stack`);
  await worker.kill();
  dead.push(worker);
  return owner;
};

const contiguous = (agent: Agent): void => {
  const { events } = agent.desktop;
  events.slice(1).forEach((frame, index) => expect(frame.previous).toBe(events[index]?.sequence));
};

describe('a worker that dies', () => {
  it('in the middle of a call: the call goes on under the other, the socket untouched', async () => {
    const agent = await readyAgent(stack.edgeUrl, '1001');
    const { desktop } = agent;
    let from = desktop.frames.length;
    await control.place({ to: '1001', ...CALLER });
    await desktop.until(event('interaction.initialized'), from);
    const conversation = desktop.frames.find(event('conversation.initialized'))?.target ?? '';
    const interaction = conversation.split('.').slice(0, -1).join('.');
    succeeded(await desktop.ask('conversation.request.answer', conversation));
    await desktop.until(event('interaction.screenpop'), from);
    succeeded(await desktop.ask('conversation.request.hold', conversation));
    await desktop.until(event('state.updated', 'HELD'), from);

    const gone = await killOwner(agent);
    from = desktop.frames.length;
    succeeded(await desktop.ask('conversation.request.retrieve', conversation));
    await desktop.until(event('state.updated', 'TALKING'), from);
    expect(await ownerOf(stack, agent.session)).not.toBe(gone);
    succeeded(await desktop.ask('conversation.request.release', conversation));
    await desktop.until(event('interaction.ended'), from);
    await desktop.until(
      (frame) => frame.data?.objectType === 'interaction' && frame.data.state === 'ENDED',
      from,
    );
    succeeded(await desktop.ask('interaction.request.complete', interaction));
    await desktop.until(event('interaction.disposed'), from);
    expect(desktop.socket.readyState).toBe(desktop.socket.OPEN);
    contiguous(agent);
    await auditSession(stack, agent, PERSONAL);
  }, 60_000);

  it('between a consult and the transfer: the transfer goes on under the other', async () => {
    const [agent, colleague] = await Promise.all([
      readyAgent(stack.edgeUrl, '1003'),
      readyAgent(stack.edgeUrl, '1004'),
    ]);
    const { desktop } = agent;
    let from = desktop.frames.length;
    await control.place({ to: '1003', ...CALLER });
    await desktop.until(event('interaction.initialized'), from);
    const first = desktop.frames.find(event('conversation.initialized'))?.target ?? '';
    const interaction = first.split('.').slice(0, -1).join('.');
    succeeded(await desktop.ask('conversation.request.answer', first));
    await desktop.until(event('interaction.screenpop'), from);
    from = desktop.frames.length;
    succeeded(await desktop.ask('interaction.request.consult', interaction, { destination: '1004' }));
    await colleague.desktop.until(event('interaction.initialized'), 0);
    const offered = colleague.desktop.frames.find(event('conversation.initialized'))?.target ?? '';
    succeeded(await colleague.desktop.ask('conversation.request.answer', offered));
    const { target: second } = await desktop.until(event('state.updated', 'TALKING'), from);
    expect(second).not.toBe(first);

    const gone = await killOwner(agent);
    from = desktop.frames.length;
    succeeded(await desktop.ask('interaction.request.alternate', interaction));
    await desktop.until((frame) => frame.target === first && event('state.updated', 'TALKING')(frame), from);
    expect(await ownerOf(stack, agent.session)).not.toBe(gone);
    succeeded(await desktop.ask('interaction.request.consulttransfer', interaction));
    await desktop.until(event('interaction.ended'), from);
    succeeded(await desktop.ask('interaction.request.complete', interaction));
    await desktop.until(event('interaction.disposed'), from);
    contiguous(agent);
    await auditSession(stack, agent, PERSONAL);
    await auditSession(stack, colleague, PERSONAL);
  }, 60_000);

  it('while the agent is idle: the call that arrives then is shown by the other', async () => {
    const agent = await readyAgent(stack.edgeUrl, '1005');
    const { desktop } = agent;
    const gone = await killOwner(agent);
    const from = desktop.frames.length;
    const call = await control.place({ to: '1005', ...CALLER });
    await desktop.until(event('interaction.initialized'), from);
    expect(await ownerOf(stack, agent.session)).not.toBe(gone);
    await control.act(call, 'hangup');
    await desktop.until(event('interaction.disposed'), from);
    contiguous(agent);
    await auditSession(stack, agent, PERSONAL);
  }, 60_000);

  it('with nothing happening at all: another worker takes the session over by itself', async () => {
    const agent = await readyAgent(stack.edgeUrl, '1006');
    await agent.desktop.close();
    const gone = await killOwner(agent);
    await eventually(async () => (await ownerOf(stack, agent.session)) !== gone, {
      timeoutMs: 10_000,
    });
  }, 60_000);
});

/** An agent whose client knows both edges and begins with the first, and the sequences of what it was told. */
const agentOfBoth = async (id: string) => {
  const urls = stack.edges.map(({ ports }) => `ws://127.0.0.1:${ports['http']}/agent`);
  const jwt = await tokenFor(stack.edgeUrl, id);
  const client = await connect({ url: urls, token: async () => jwt, random: () => 0 });
  const prepared = await client.prepare({ agent: { id, password: 'demo' }, override: true });
  const { id: session } = (prepared as unknown as { data: { session: { id: string } } }).data.session;
  expect(await client.bind(session)).toMatchObject({ result: 'success' });
  const told: number[] = [];
  client.on('*', ({ sequence }) => void told.push(sequence));
  const asked = async (command: string, target: string): Promise<void> =>
    expect(await client.request(command, target)).toMatchObject({ result: 'success' });
  const created = eventOf(client, 'channel.created');
  await asked('session.start', session);
  const { target, data } = await created;
  const channel = `${target}.${(data['channel'] as { id: string }).id}`;
  const active = eventOf(client, 'state.updated', channel);
  await asked('channel.request.activate', channel);
  await active;
  return { client, session, channel, told, asked };
};

const eventOf = (client: Client, name: string, of?: string) =>
  new Promise<{ readonly target: string; readonly data: Readonly<Record<string, unknown>> }>((resolve) => {
    client.on('*', (event) => {
      if (event.name === name && (of === undefined || event.target === of)) resolve(event);
    });
  });

/** What is stored once the time to come back is over. */
const MADE_NOT_READY = [
  'SessionLapsed',
  'SwitchRequested',
  'SwitchAnswered',
  'ChannelInfoChanged',
  'ChannelStateUpdated',
];

describe('an edge that dies', () => {
  it.each([
    ['is told to stop', 'stop', '1002'],
    ['is killed', 'kill', '1007'],
  ] as const)(
    'because it %s: its agents go on at the other, and are made not ready once they stay away',
    async (_case, end, id) => {
      const { client, session, channel, told, asked } = await agentOfBoth(id);
      const answered = asked('channel.request.ready', channel);
      await stack.edge[end]();
      dead.push(stack.edge);
      await answered;
      const shown = eventOf(client, 'interaction.initialized');
      const call = await control.place({ to: id, ...CALLER });
      await shown;
      const gone = eventOf(client, 'interaction.disposed');
      await control.act(call, 'hangup');
      await gone;
      const stored = (await storedEvents(stack, session)).filter(({ name }) => name !== null);
      expect(told).toEqual(stored.map(({ seq }) => seq).slice(0, told.length));
      client.close();
      await eventually(
        async () => {
          const types = (await storedEvents(stack, session)).map(({ type }) => type);
          expect(types.slice(types.lastIndexOf('SessionLapsed'))).toEqual(MADE_NOT_READY);
          return true;
        },
        { timeoutMs: 10_000 },
      );
    },
    60_000,
  );
});
