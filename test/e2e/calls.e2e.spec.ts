import { type Stack, startStack } from '@cordboard/testing';
import { type Agent, readyAgent, signIn, succeeded } from './support/agent.ts';
import { auditSession } from './support/audit.ts';
import { type Control, controlOf } from './support/control.ts';
import { event, short } from './support/desktop.ts';

const CALLER = { from: '+12025550123', name: 'Example Caller', data: { account: 'AC-99817' } };
const PERSONAL = [CALLER.from, CALLER.name, CALLER.data.account];

let stack: Stack;
let control: Control;

beforeAll(async () => {
  stack = await startStack({ workers: 1 });
  control = controlOf(stack.simulatorUrl);
}, 60_000);
afterAll(async () => stack.stop());

/** What the agent sees from a moment on, without changes of the channel, which may stand anywhere. */
const sinceWithoutChannel = (agent: Agent, from: number): readonly string[] =>
  agent.desktop.events
    .filter((frame) => (frame.sequence ?? 0) > from)
    .map(short)
    .filter((name) => name !== 'channel.infochanged' && !/^channel(group)? /.test(name));

const lastSequence = (agent: Agent): number => agent.desktop.events.at(-1)?.sequence ?? 0;

const OFFERED = [
  'interaction.created',
  'interaction ALERTING',
  'conversation.created',
  'conversation RINGING',
  'conversation.member.added',
  'conversation.initialized',
  'interaction.datachanged',
  'interaction.preview',
  'interaction.initialized',
];
const DIALLED = OFFERED.map((name) => name.replace('ALERTING', 'DIALING').replace('RINGING', 'DIALING'));
const ANSWERED = ['conversation TALKING', 'interaction.screenpop', 'interaction STARTED'];
const OVER = ['conversation RELEASED', 'conversation.disposed', 'interaction.ended', 'interaction ENDED'];
const COMPLETED = ['interaction.complete', 'interaction COMPLETED', 'interaction.disposed'];

/** Rings the agent and gives the paths of the interaction and its conversation. */
const ring = async (agent: Agent): Promise<{ call: string; interaction: string; conversation: string }> => {
  const { desktop } = agent;
  const from = desktop.frames.length;
  const call = await control.place({ to: agent.id, ...CALLER });
  const offered = await desktop.until(event('interaction.initialized'), from);
  const ringing = desktop.frames.slice(from).find(event('conversation.initialized'));
  return { call, interaction: offered.target ?? '', conversation: ringing?.target ?? '' };
};

const dial = async (
  agent: Agent,
  destination: string,
): Promise<{ interaction: string; conversation: string }> => {
  const { desktop, channel } = agent;
  const from = desktop.frames.length;
  succeeded(await desktop.ask('channel.request.dial', channel, { destination }));
  const dialled = await desktop.until(event('interaction.initialized'), from);
  const leg = desktop.frames.slice(from).find(event('conversation.initialized'));
  return { interaction: dialled.target ?? '', conversation: leg?.target ?? '' };
};

const complete = async (agent: Agent, interaction: string): Promise<void> => {
  const from = agent.desktop.frames.length;
  succeeded(await agent.desktop.ask('interaction.request.complete', interaction));
  await agent.desktop.until(event('interaction.disposed'), from);
};

const logOut = async (agent: Agent): Promise<void> => {
  const before = lastSequence(agent);
  const answer = succeeded(await agent.desktop.ask('session.request.logout', agent.session));
  expect(answer).not.toHaveProperty('data');
  expect(lastSequence(agent)).toBe(before);
  await agent.desktop.close();
};

const audited = (agent: Agent, personal: readonly string[] = PERSONAL): Promise<void> =>
  auditSession(stack, agent, personal);

describe('a day at the desk', () => {
  it('starts a session with what the switch has, in the order of the protocol', async () => {
    const agent = await signIn(stack.edgeUrl, '1001');
    expect(agent.desktop.events.map(short)).toEqual([
      'channelgroup.created',
      'channelgroup INACTIVE',
      'channel.created',
      'channel INACTIVE',
      'channel.initialized',
      'channelgroup.initialized',
      'session.initialized',
    ]);
    expect(agent.desktop.events.map(({ previous }) => previous)).toEqual([
      null,
      ...agent.desktop.events.slice(0, -1).map(({ sequence }) => sequence),
    ]);
    await audited(agent, []);
    await logOut(agent);
  });

  it('activates, readies, unreadies and deactivates a channel', async () => {
    const agent = await signIn(stack.edgeUrl, '1002');
    const { desktop, channel } = agent;
    const steps = [
      ['channel.request.activate', {}, 'ACTIVE', 'not_ready'],
      ['channel.request.ready', {}, 'ACTIVE', 'ready'],
      ['channel.request.notready', { reasoncode: 'lunch', reasondesc: 'Lunch' }, 'ACTIVE', 'not_ready'],
      ['channel.request.notready', { reasoncode: 'acw' }, 'ACTIVE', 'after_call_work'],
      ['channel.request.ready', {}, 'ACTIVE', 'ready'],
      ['channel.request.deactivate', {}, 'INACTIVE', 'not_ready'],
    ] as const;
    for (const [command, data, state, status] of steps) {
      const from = desktop.frames.length;
      const answer = succeeded(await desktop.ask(command, channel, data));
      expect(answer.data).toEqual(data);
      await desktop.until(
        (frame) =>
          frame.name === 'channel.infochanged' &&
          frame.data?.state === state &&
          (state === 'INACTIVE' || (frame.data.agentStatus as { status: string }).status === status),
        from,
      );
      const info = desktop.frames.slice(from).findIndex(event('channel.infochanged'));
      await desktop.until((frame) => frame.name === 'state.updated' && frame.target === channel, from + info);
    }
    await audited(agent, []);
    await logOut(agent);
  });

  it('takes an inbound call from preview to wrap-up', async () => {
    const agent = await readyAgent(stack.edgeUrl, '1003');
    const { desktop } = agent;
    const before = lastSequence(agent);
    const { interaction, conversation } = await ring(agent);
    const preview = desktop.events.find(event('interaction.preview'));
    expect(JSON.stringify(preview?.data)).toContain(CALLER.data.account);

    const steps = [
      ['conversation.request.answer', conversation, 'interaction', 'STARTED'],
      ['conversation.request.hold', conversation, 'conversation', 'HELD'],
      ['conversation.request.retrieve', conversation, 'conversation', 'TALKING'],
      ['conversation.request.release', conversation, 'interaction', 'ENDED'],
    ] as const;
    for (const [command, target, objectType, state] of steps) {
      const from = desktop.frames.length;
      succeeded(await desktop.ask(command, target));
      await desktop.until(
        (frame) => event('state.updated', state)(frame) && frame.data?.objectType === objectType,
        from,
      );
    }
    await complete(agent, interaction);
    expect(sinceWithoutChannel(agent, before)).toEqual([
      ...OFFERED,
      ...ANSWERED,
      'conversation HELD',
      'conversation TALKING',
      ...OVER,
      ...COMPLETED,
    ]);
    await audited(agent);
    await logOut(agent);
    await audited(agent);
  });

  it('lets the agent reject while it rings', async () => {
    const agent = await readyAgent(stack.edgeUrl, '1004');
    const before = lastSequence(agent);
    const { interaction } = await ring(agent);
    const from = agent.desktop.frames.length;
    succeeded(await agent.desktop.ask('interaction.request.reject', interaction));
    await agent.desktop.until(event('interaction.disposed'), from);
    expect(sinceWithoutChannel(agent, before)).toEqual([...OFFERED, ...OVER, ...COMPLETED]);
    await audited(agent);
    await logOut(agent);
  });

  it('shows a caller who gives up', async () => {
    const agent = await readyAgent(stack.edgeUrl, '1005');
    const before = lastSequence(agent);
    const { call } = await ring(agent);
    const from = agent.desktop.frames.length;
    await control.act(call, 'hangup');
    await agent.desktop.until(event('interaction.disposed'), from);
    expect(sinceWithoutChannel(agent, before)).toEqual([...OFFERED, ...OVER, ...COMPLETED]);
    await audited(agent);
    await logOut(agent);
  });

  it('shows a far end that hangs up, and waits for the wrap-up', async () => {
    const agent = await readyAgent(stack.edgeUrl, '1006');
    const before = lastSequence(agent);
    const { call, interaction, conversation } = await ring(agent);
    let from = agent.desktop.frames.length;
    succeeded(await agent.desktop.ask('conversation.request.answer', conversation));
    await agent.desktop.until(event('interaction.screenpop'), from);
    from = agent.desktop.frames.length;
    await control.act(call, 'hangup');
    await agent.desktop.until(
      (frame) => frame.data?.objectType === 'interaction' && frame.data.state === 'ENDED',
      from,
    );
    expect(sinceWithoutChannel(agent, before)).toEqual([...OFFERED, ...ANSWERED, ...OVER]);
    await complete(agent, interaction);
    await audited(agent);
    await logOut(agent);
  });

  it.each([
    ['answered', '+12025550100', [...DIALLED, ...ANSWERED, ...OVER, ...COMPLETED]],
    ['busy', '+12025550101', [...DIALLED, 'conversation.busy', ...OVER, ...COMPLETED]],
    ['an invalid number', '+12025550103', [...DIALLED, 'conversation.failed', ...OVER, ...COMPLETED]],
    ['not answered', '+12025550102', [...DIALLED, ...OVER, ...COMPLETED]],
    ['hung up by the far end', '+12025550104', [...DIALLED, ...ANSWERED, ...OVER, ...COMPLETED]],
  ])(
    'dials out: %s',
    async (outcome, destination, expected) => {
      const agent = await readyAgent(stack.edgeUrl, '1007');
      const { desktop } = agent;
      const before = lastSequence(agent);
      const from = desktop.frames.length;
      const { interaction, conversation } = await dial(agent, destination);
      const order = desktop.frames.slice(from).filter(({ messageType }) => messageType === 'objectEvent');
      expect(order.slice(0, 3).map(short)).toEqual([
        'channel.infochanged',
        'channel ACTIVE',
        'interaction.created',
      ]);
      if (outcome === 'answered') {
        await desktop.until(event('interaction.screenpop'), from);
        await desktop.until((f) => f.data?.objectType === 'interaction' && f.data.state === 'STARTED', from);
      }
      if (outcome === 'answered' || outcome === 'not answered') {
        succeeded(await desktop.ask('conversation.request.release', conversation));
      }
      await desktop.until((f) => f.data?.objectType === 'interaction' && f.data.state === 'ENDED', from);
      await complete(agent, interaction);
      expect(sinceWithoutChannel(agent, before)).toEqual(expected);
      await audited(agent, [destination]);
      await logOut(agent);
    },
    30_000,
  );

  it('offers a call to the queue to a ready agent', async () => {
    const agent = await readyAgent(stack.edgeUrl, '1008');
    const from = agent.desktop.frames.length;
    await control.place({ to: '7000', ...CALLER });
    const offered = await agent.desktop.until(event('interaction.initialized'), from);
    succeeded(await agent.desktop.ask('interaction.request.reject', offered.target));
    await agent.desktop.until(event('interaction.disposed'), from);
    await control.clear();
    await logOut(agent);
  });

  it('refuses a logout while a call is up', async () => {
    const agent = await readyAgent(stack.edgeUrl, '1009');
    const { call } = await ring(agent);
    const refused = await agent.desktop.ask('session.request.logout', agent.session);
    expect(refused).toMatchObject({
      result: 'failure',
      failure: { code: 'ONGOING_INTERACTION' },
      original: { command: 'session.request.logout', target: agent.session },
    });
    const from = agent.desktop.frames.length;
    await control.act(call, 'hangup');
    await agent.desktop.until(event('interaction.disposed'), from - 3);
    await logOut(agent);
  });
});
