import { type Stack, startStack } from '@cordboard/testing';
import { prepare, readyAgent, signIn, succeeded, tokenFor } from './support/agent.ts';
import { auditSession } from './support/audit.ts';
import { controlOf } from './support/control.ts';
import { Desktop, event, short } from './support/desktop.ts';

let stack: Stack;

beforeAll(async () => {
  stack = await startStack({ workers: 1 });
}, 60_000);
afterAll(async () => stack.stop());

const open = async (id: string, label: string): Promise<Desktop> =>
  Desktop.open(stack.edgeUrl, await tokenFor(stack.edgeUrl, id), label);

describe('one session, one desktop', () => {
  it('asks before a second session, with the id of the first for its own agent', async () => {
    const first = await signIn(stack.edgeUrl, '1001');
    const second = await open('1001', 'second');
    const request = { model: '', override: false, processor: '', agent: { id: '1001', password: 'demo' } };
    const asked = await second.ask('prepareSession', undefined, request, 'again');
    expect(asked).toMatchObject({ result: 'confirm', data: { session: { id: first.session } } });
    expect(asked.message).toMatch(/override/);
    expect(asked.original).toEqual({
      command: 'prepareSession',
      requestId: 'again',
      data: { ...request, agent: { id: '1001' } },
    });
    expect(JSON.stringify(asked)).not.toContain('demo');

    const overridden = await prepare(second, '1001', true);
    expect(overridden).not.toBe(first.session);
    expect((await first.desktop.closed).code).toBe(4409);
    await second.close();
  });

  it('refuses a wrong password in the words of the phone system', async () => {
    const desktop = await open('1002', 'wrong');
    const data = { override: false, agent: { id: '1002', password: 'guess' } };
    const refused = await desktop.ask('prepareSession', undefined, data);
    expect(refused).toMatchObject({ result: 'failure', failure: { code: 'CTI_ERROR' } });
    expect(JSON.stringify(refused)).not.toContain('guess');
    await desktop.close();
  });

  it('goes on in the same tab, and lets another tab take over only when it says so', async () => {
    const agent = await signIn(stack.edgeUrl, '1003');
    const reloaded = await open('1003', 'reloaded');
    const cursor = agent.desktop.events.at(-1)?.sequence;
    const resumed = succeeded(
      await reloaded.ask('bindSession', agent.session, { afterSequence: cursor, client: 'tab-1003' }),
    );
    expect(resumed.data).toEqual({ mode: 'resumed', sequence: cursor, started: true });
    expect((await agent.desktop.closed).code).not.toBe(4001);

    const other = await open('1003', 'other');
    const refused = await other.ask('bindSession', agent.session, { client: 'tab-other' });
    expect(refused).toMatchObject({ result: 'failure', failure: { code: 'SESSION_BOUND' } });
    const from = reloaded.frames.length;
    const taken = succeeded(
      await other.ask('bindSession', agent.session, { client: 'tab-other', takeover: true }),
    );
    expect(taken.data).toMatchObject({ mode: 'reset', sequence: cursor, started: true });
    const snapshot = taken.data?.snapshot as { events: { name: string }[] };
    expect(snapshot.events.map(({ name }) => name)).toEqual(agent.desktop.events.map(({ name }) => name));
    await reloaded.until(event('session.unbound'), from);
    expect((await reloaded.closed).code).toBe(4001);

    succeeded(await other.ask('channel.request.activate', agent.channel));
    await auditSession(stack, { ...agent, desktop: null }, []);
    succeeded(await other.ask('session.request.logout', agent.session));
    await other.close();
  });

  it('gives a desktop that lost its socket what it missed, without a gap or a double', async () => {
    const agent = await readyAgent(stack.edgeUrl, '1004');
    const cursor = agent.desktop.events.at(-1)?.sequence ?? 0;
    agent.desktop.socket.terminate();
    const call = await controlOf(stack.simulatorUrl).place({
      to: '1004',
      from: '+12025550123',
      name: 'Example',
    });
    const back = await open('1004', 'back');
    const resumed = succeeded(
      await back.ask('bindSession', agent.session, { afterSequence: cursor, client: 'tab-1004' }),
    );
    expect(resumed.data).toMatchObject({ mode: 'resumed', started: true });
    await back.until(event('interaction.initialized'), 0);
    expect(back.frames[0]?.result).toBe('success');
    expect(back.events[0]?.previous).toBe(cursor);
    back.events.slice(1).forEach((frame, index) => {
      expect(frame.previous).toBe(back.events[index]?.sequence);
    });
    expect(back.events.map(short)).toContain('conversation RINGING');
    await controlOf(stack.simulatorUrl).act(call, 'hangup');
    await back.close();
  });

  it('keeps agents apart', async () => {
    const owner = await signIn(stack.edgeUrl, '1005');
    const stranger = await open('1006', 'stranger');
    const bound = await stranger.ask('bindSession', owner.session, { client: 'x', takeover: true });
    expect(bound).toMatchObject({ result: 'failure', failure: { code: 'FORBIDDEN' } });
    const prepared = await stranger.ask('prepareSession', undefined, {
      agent: { id: '1005', password: 'demo' },
      override: true,
    });
    expect(prepared).toMatchObject({ result: 'failure', failure: { code: 'FORBIDDEN' } });
    const used = await stranger.ask('channel.request.ready', owner.channel);
    expect(used.result).toBe('failure');
    expect(stranger.events).toEqual([]);
    await stranger.close();
    await owner.desktop.close();
  });

  it('does a command once, however often it is sent', async () => {
    const agent = await signIn(stack.edgeUrl, '1007');
    const { desktop, channel } = agent;
    const once = succeeded(await desktop.ask('channel.request.activate', channel, {}, 'one-id'));
    const again = await desktop.ask('channel.request.activate', channel, {}, 'one-id');
    expect(again).toEqual(once);
    const reused = await desktop.ask('channel.request.ready', channel, {}, 'one-id');
    expect(reused).toMatchObject({ result: 'failure', failure: { code: 'REQUEST_ID_REUSED' } });
    await auditSession(stack, agent, []);
    await desktop.close();
  });
});
