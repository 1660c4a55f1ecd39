import { type Stack, startStack } from '@cordboard/testing';
import { type Agent, readyAgent, signIn, succeeded } from './support/agent.ts';
import { auditSession } from './support/audit.ts';
import { type Control, controlOf } from './support/control.ts';
import { event, type Frame, short } from './support/desktop.ts';

const CALLER = { from: '+12025550123', name: 'Example Caller', data: { account: 'AC-99817' } };
const PERSONAL = [CALLER.from, CALLER.name, CALLER.data.account];

let stack: Stack;
let control: Control;

beforeAll(async () => {
  stack = await startStack({ workers: 1 });
  control = controlOf(stack.simulatorUrl);
}, 60_000);
afterAll(async () => stack.stop());

/** What an agent hears at the start when the switch has a call of it (bridge D.15). */
const recovered = (call: readonly string[]): readonly string[] => [
  'channelgroup.created',
  'channelgroup INACTIVE',
  'channel.created',
  'channel.infochanged',
  'channel ACTIVE',
  ...call,
  'channel.initialized',
  'channelgroup ACTIVE',
  'channelgroup.initialized',
  'session.initialized',
];

const withLeg = (interaction: string, leg: string, ...preview: readonly string[]): readonly string[] =>
  recovered([
    'interaction.created',
    `interaction ${interaction}`,
    'conversation.created',
    `conversation ${leg}`,
    'conversation.member.added',
    'conversation.initialized',
    'interaction.datachanged',
    ...preview,
    'interaction.initialized',
  ]);

/** The same agent at another desk: overrides the present session and starts a new one. */
const again = async (before: Agent): Promise<Agent> => {
  const agent = await signIn(stack.edgeUrl, before.id);
  expect((await before.desktop.closed).code).toBe(4409);
  expect(agent.session).not.toBe(before.session);
  return agent;
};

const ring = async (agent: Agent): Promise<string> => {
  const from = agent.desktop.frames.length;
  const call = await control.place({ to: agent.id, ...CALLER });
  await agent.desktop.until(event('interaction.initialized'), from);
  return call;
};

const last = (agent: Agent, name: string): Frame => {
  const found = agent.desktop.events.filter(event(name)).at(-1);
  if (found === undefined) throw new Error(`${name} never came`);
  return found;
};

const interactionOf = (agent: Agent): string => last(agent, 'interaction.initialized').target ?? '';
const conversationOf = (agent: Agent): string => last(agent, 'conversation.initialized').target ?? '';

const does = async (
  { desktop }: Agent,
  command: string,
  target: string,
  until: ReturnType<typeof event>,
): Promise<void> => {
  const from = desktop.frames.length;
  succeeded(await desktop.ask(command, target));
  await desktop.until(until, from);
};

const completes = (agent: Agent): Promise<void> =>
  does(agent, 'interaction.request.complete', interactionOf(agent), event('interaction.disposed'));

const leaves = async (before: Agent, agent: Agent): Promise<void> => {
  await auditSession(stack, before, PERSONAL);
  await auditSession(stack, agent, PERSONAL);
  succeeded(await agent.desktop.ask('session.request.logout', agent.session));
  await agent.desktop.close();
};

describe('an agent who logs in again while a call exists', () => {
  it('finds a held call as it was, and carries it to its end', async () => {
    const before = await readyAgent(stack.edgeUrl, '1001');
    const call = await ring(before);
    const talking = event('state.updated', 'STARTED');
    await does(before, 'conversation.request.answer', conversationOf(before), talking);
    const held = event('state.updated', 'HELD');
    await does(before, 'conversation.request.hold', conversationOf(before), held);

    const agent = await again(before);
    expect(agent.desktop.events.map(short)).toEqual(withLeg('STARTED', 'HELD'));
    // The switch does not say who called whom once a call is up.
    expect(last(agent, 'interaction.created').data?.interaction).not.toHaveProperty('direction');
    expect(last(agent, 'conversation.member.added').data).toEqual({
      member: { number: CALLER.from, name: CALLER.name },
    });
    expect(last(agent, 'interaction.datachanged').data).toMatchObject({
      interactionData: { ANI: CALLER.from, account: CALLER.data.account },
    });
    expect(await control.state(call)).toBe('talking');

    const retrieved = event('state.updated', 'TALKING');
    await does(agent, 'conversation.request.retrieve', conversationOf(agent), retrieved);
    const ended = event('state.updated', 'ENDED');
    await does(agent, 'conversation.request.release', conversationOf(agent), ended);
    expect(await control.state(call)).toBe('ended');
    expect(agent.desktop.events.filter(event('interaction.screenpop'))).toEqual([]);
    await completes(agent);
    await leaves(before, agent);
  });

  it('finds a ringing call with its preview, and answers it', async () => {
    const before = await readyAgent(stack.edgeUrl, '1002');
    await ring(before);
    const agent = await again(before);
    expect(agent.desktop.events.map(short)).toEqual(withLeg('ALERTING', 'RINGING', 'interaction.preview'));
    expect(last(agent, 'interaction.created').data).toMatchObject({ interaction: { direction: 'inbound' } });
    const from = agent.desktop.frames.length;
    const started = event('state.updated', 'STARTED');
    await does(agent, 'conversation.request.answer', conversationOf(agent), started);
    expect(agent.desktop.frames.slice(from).filter(event('interaction.screenpop'))).toHaveLength(1);
    const ended = event('state.updated', 'ENDED');
    await does(agent, 'conversation.request.release', conversationOf(agent), ended);
    await completes(agent);
    await leaves(before, agent);
  });

  it('finds a number that is still being dialled, and gives up', async () => {
    const before = await readyAgent(stack.edgeUrl, '1003');
    const dialled = event('interaction.initialized');
    const from = before.desktop.frames.length;
    succeeded(
      await before.desktop.ask('channel.request.dial', before.channel, { destination: '+12025550102' }),
    );
    await before.desktop.until(dialled, from);
    const agent = await again(before);
    expect(agent.desktop.events.map(short)).toEqual(withLeg('DIALING', 'DIALING'));
    const ended = event('state.updated', 'ENDED');
    await does(agent, 'conversation.request.release', conversationOf(agent), ended);
    await completes(agent);
    await leaves(before, agent);
  });

  it('finds a call that is over without its leg, and completes it', async () => {
    const before = await readyAgent(stack.edgeUrl, '1004');
    const call = await ring(before);
    const talking = event('state.updated', 'STARTED');
    await does(before, 'conversation.request.answer', conversationOf(before), talking);
    const from = before.desktop.frames.length;
    await control.act(call, 'hangup');
    await before.desktop.until(event('state.updated', 'ENDED'), from);

    const agent = await again(before);
    expect(agent.desktop.events.map(short)).toEqual(
      recovered([
        'interaction.created',
        'interaction ENDED',
        'interaction.datachanged',
        'interaction.initialized',
      ]),
    );
    const over = agent.desktop.events.find(event('state.updated', 'ENDED'));
    expect(over?.data).toMatchObject({ capabilities: { 'interaction.request.complete': true } });
    await completes(agent);
    await leaves(before, agent);
  });
});
