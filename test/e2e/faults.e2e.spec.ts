import { setTimeout as delay } from 'node:timers/promises';
import { eventually, type Stack, type StackApp, startStack } from '@cordboard/testing';
import { type Agent, readyAgent, succeeded, tokenFor } from './support/agent.ts';
import { auditSession, ownerOf } from './support/audit.ts';
import { type Control, controlOf } from './support/control.ts';
import { Desktop, event } from './support/desktop.ts';
import { databaseOutage } from './support/outage.ts';

const CALLER = { from: '+12025550166', name: 'Example Caller', data: { ticket: 'T-9914-Q' } };
const PERSONAL = [CALLER.from, CALLER.name, CALLER.data.ticket];

interface OnCall extends Agent {
  readonly call: string;
  readonly conversation: string;
  readonly interaction: string;
}

let stack: Stack;
let control: Control;

// Every test mends what it breaks, and has an agent of its own.
beforeAll(async () => {
  stack = await startStack({ workers: 2 });
}, 60_000);
beforeEach(() => {
  control = controlOf(stack.simulatorUrl);
});
afterAll(async () => stack.stop());

const agentOnCall = async (id: string): Promise<OnCall> => {
  const agent = await readyAgent(stack.edgeUrl, id);
  const { desktop } = agent;
  const from = desktop.frames.length;
  const call = await control.place({ to: id, ...CALLER });
  await desktop.until(event('interaction.initialized'), from);
  const conversation = desktop.frames.find(event('conversation.initialized'))?.target ?? '';
  const interaction = conversation.split('.').slice(0, -1).join('.');
  succeeded(await desktop.ask('conversation.request.answer', conversation));
  await desktop.until(event('state.updated', 'STARTED'), from);
  return { ...agent, call, conversation, interaction };
};

const owner = async (agent: Agent): Promise<StackApp> => {
  const id = await ownerOf(stack, agent.session);
  const found = stack.workers.find(({ pid }) => id.startsWith(`w-${pid}-`));
  if (found === undefined) throw new Error(`${id} is not a worker of this stack`);
  return found;
};

const does = async ({ desktop }: Agent, command: string, target: string, state: string): Promise<void> => {
  const from = desktop.frames.length;
  succeeded(await desktop.ask(command, target));
  await desktop.until(event('state.updated', state), from);
};

const hold = (agent: OnCall): Promise<void> =>
  does(agent, 'conversation.request.hold', agent.conversation, 'HELD');
const retrieve = (agent: OnCall): Promise<void> =>
  does(agent, 'conversation.request.retrieve', agent.conversation, 'TALKING');

const finishes = async (agent: OnCall): Promise<void> => {
  await does(agent, 'conversation.request.release', agent.conversation, 'ENDED');
  const from = agent.desktop.frames.length;
  succeeded(await agent.desktop.ask('interaction.request.complete', agent.interaction));
  await agent.desktop.until(event('interaction.disposed'), from);
  expect(agent.desktop.socket.readyState).toBe(agent.desktop.socket.OPEN);
  await auditSession(stack, agent, PERSONAL);
};

describe('in the middle of a call', () => {
  it('a worker that is told to stop fails no command', async () => {
    const agent = await agentOnCall('1001');
    for (let round = 0; round < 2; round += 1) {
      const leaving = await owner(agent);
      const stopped = leaving.stop();
      await hold(agent);
      await stopped;
      await retrieve(agent);
      await leaving.start();
    }
    await finishes(agent);
  }, 60_000);

  it('a worker that is frozen is passed by, and wakes up without harm', async () => {
    const agent = await agentOnCall('1002');
    const frozen = await owner(agent);
    frozen.freeze();
    try {
      await hold(agent);
      await delay(1_000);
    } finally {
      frozen.resume();
    }
    const other = await owner(agent);
    expect(other.name).not.toBe(frozen.name);
    for (let round = 0; round < 4; round += 1) {
      await retrieve(agent);
      await hold(agent);
    }
    expect((await owner(agent)).name).toBe(other.name);
    await finishes(agent);
  }, 60_000);

  it('a database that is gone for a while refuses commands at once, and nothing is lost', async () => {
    const agent = await agentOnCall('1003');
    const { desktop } = agent;
    const restore = await databaseOutage(stack);
    const refused = await desktop.ask('conversation.request.hold', agent.conversation);
    expect(refused.failure?.code).toBe('SERVICE_UNAVAILABLE');
    const from = desktop.frames.length;
    await control.act(agent.call, 'hangup');
    await delay(2_500);
    await restore();
    await desktop.until(event('state.updated', 'ENDED'), from);
    succeeded(await desktop.ask('interaction.request.complete', agent.interaction));
    await desktop.until(event('interaction.disposed'), from);
    expect(desktop.socket.readyState).toBe(desktop.socket.OPEN);
    await auditSession(stack, agent, PERSONAL);
  }, 60_000);

  it('a switch that is started anew has lost its calls: the call ends, and the agent goes on', async () => {
    const agent = await agentOnCall('1004');
    const { desktop } = agent;
    const from = desktop.frames.length;
    await stack.simulator.kill();
    const gone = await desktop.ask('conversation.request.hold', agent.conversation);
    expect(gone.failure?.code).toBe('CTI_ERROR');
    await stack.simulator.start();
    await desktop.until(event('interaction.disposed'), from);
    const over = await desktop.ask('conversation.request.hold', agent.conversation);
    expect(over.failure?.code).toBe('UNKNOWN_TARGET');
    const next = desktop.frames.length;
    const channel = agent.interaction.split('.').slice(0, -1).join('.');
    await does(agent, 'channel.request.activate', channel, 'ACTIVE');
    succeeded(await desktop.ask('channel.request.ready', channel));
    await controlOf(stack.simulatorUrl).place({ to: '1004', ...CALLER });
    await desktop.until(event('interaction.initialized'), next);
    await auditSession(stack, agent, PERSONAL);
  }, 60_000);

  it('an adapter that hangs is lost; what it did when it woke up is read from it', async () => {
    const agent = await agentOnCall('1007');
    const { desktop } = agent;
    const from = desktop.frames.length;
    stack.simulator.freeze();
    const lost = await desktop.ask('conversation.request.hold', agent.conversation);
    expect(lost.failure?.code).toBe('CTI_ERROR');
    stack.simulator.resume();
    await desktop.until(event('state.updated', 'HELD'), from);
    await eventually(() => retrieve(agent).then(() => true), { timeoutMs: 15_000 });
    await finishes(agent);
  }, 60_000);

  it('an idle agent logs out although the adapter was started anew', async () => {
    const agent = await readyAgent(stack.edgeUrl, '1005');
    await stack.simulator.kill();
    await stack.simulator.start();
    await eventually(
      async () => succeeded(await agent.desktop.ask('session.request.logout', agent.session)),
      {
        timeoutMs: 15_000,
      },
    );
    await auditSession(stack, agent, []);
  }, 60_000);

  it('the loss of NATS ends workers and edges, not the phone system: the call goes on afterwards', async () => {
    const agent = await agentOnCall('1006');
    const cursor = agent.desktop.events.at(-1)?.sequence;
    await stack.nats.kill();
    expect((await agent.desktop.closed).code).toBe(4503);
    const apps = [...stack.workers, stack.edge];
    await Promise.all(apps.map((app) => app.ended()));
    await stack.nats.restart();
    await Promise.all(apps.map((app) => app.start()));

    const desktop = await Desktop.open(stack.edgeUrl, await tokenFor(stack.edgeUrl, '1006'), 'again');
    const bind = { afterSequence: cursor, client: 'tab-1006' };
    const resumed = succeeded(await desktop.ask('bindSession', agent.session, bind));
    expect(resumed.data).toMatchObject({ mode: 'resumed', started: true });
    await eventually(
      async () => {
        const held = await desktop.ask('conversation.request.hold', agent.conversation);
        return held.result === 'success';
      },
      { timeoutMs: 20_000 },
    );
    await auditSession(stack, { session: agent.session, desktop: null }, PERSONAL);
  }, 60_000);
});
