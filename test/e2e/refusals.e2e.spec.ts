import { type Stack, startStack } from '@cordboard/testing';
import { WebSocket } from 'ws';
import { type Agent, prepare, signIn, succeeded, tokenFor } from './support/agent.ts';
import { auditSession } from './support/audit.ts';
import { Desktop } from './support/desktop.ts';

let stack: Stack;

beforeAll(async () => {
  stack = await startStack({ workers: 1 });
}, 60_000);
afterAll(async () => stack.stop());

const open = async (id: string): Promise<Desktop> =>
  Desktop.open(stack.edgeUrl, await tokenFor(stack.edgeUrl, id), id);

/** The HTTP status that an upgrade was refused with. */
const refusedWith = (headers: Record<string, string>, protocols: string[] = []): Promise<number> =>
  new Promise((resolve, reject) => {
    const socket = new WebSocket(`${stack.edgeUrl.replace(/^http/, 'ws')}/agent`, protocols, { headers });
    socket.once('unexpected-response', (_request, response) => {
      resolve(response.statusCode ?? 0);
      socket.terminate();
    });
    socket.once('open', () => reject(new Error('the upgrade was let through')));
    socket.on('error', () => undefined);
  });

describe('commands that cannot be', () => {
  it('fails every command before start but start', async () => {
    const desktop = await open('1001');
    const session = await prepare(desktop, '1001');
    succeeded(await desktop.ask('bindSession', session, { client: 'tab' }));
    const early = await desktop.ask('session.request.logout', session, {}, 'early');
    expect(early).toEqual({
      command: 'session.request.logout',
      requestId: 'early',
      target: session,
      result: 'failure',
      failure: { code: 'SESSION_NOT_STARTED', message: expect.any(String) as string },
      original: { command: 'session.request.logout', requestId: 'early', target: session, data: {} },
    });
    await desktop.close();
  });

  it('answers each wrong command with its code and the original', async () => {
    const agent: Agent = await signIn(stack.edgeUrl, '1002');
    const { desktop, session, channel } = agent;
    const nowhere = channel.replace(/[0-9a-f]{4}$/, 'ffff');
    const rows: [string, string | undefined, object, string][] = [
      ['session.start', session, {}, 'SESSION_ALREADY_STARTED'],
      ['channel.request.ready', channel, {}, 'CHANNEL_NOT_ACTIVE'],
      ['channel.request.dial', channel, { destination: '+12025550100' }, 'CHANNEL_NOT_ACTIVE'],
      ['channel.request.deactivate', channel, {}, 'CHANNEL_ALREADY_INACTIVE'],
      ['channel.request.ready', nowhere, {}, 'UNKNOWN_TARGET'],
      ['channel.request.ready', session, {}, 'INVALID_TARGET'],
      ['channel.request.ready', `${channel}..x`, {}, 'INVALID_TARGET'],
      ['channel.request.ready', undefined, {}, 'MALFORMED_REQUEST'],
      ['conversation.request.hold', `${channel}.i.v`, {}, 'UNKNOWN_TARGET'],
      ['channel.request.dial', channel, {}, 'INVALID_DATA'],
      ['channel.request.dial', channel, { destination: {} }, 'INVALID_DATA'],
      ['channel.request.dial', channel, { destination: 'a\u0000b' }, 'INVALID_DATA'],
      ['channel.request.dial', channel, { destination: '\ud800' }, 'INVALID_DATA'],
      ['channel.request.notready', channel, {}, 'INVALID_DATA'],
      ['channel.request.levitate', channel, {}, 'UNKNOWN_COMMAND'],
      ['interaction.request.consult', `${channel}.i`, { destination: '2001' }, 'UNKNOWN_TARGET'],
    ];
    for (const [command, target, data, code] of rows) {
      const answer = await desktop.ask(command, target, data);
      expect({ command, code: answer.failure?.code }).toEqual({ command, code });
      expect(answer).toMatchObject({ command, result: 'failure', original: { command } });
      expect(answer.failure?.message.length).toBeGreaterThan(10);
    }
    const activated = succeeded(await desktop.ask('channel.activate', channel));
    expect(activated.command).toBe('channel.activate');
    await desktop.until(({ name, data }) => name === 'state.updated' && data?.state === 'ACTIVE', 0);
    const twice = await desktop.ask('channel.request.activate', channel);
    expect(twice.failure?.code).toBe('CHANNEL_ALREADY_ACTIVE');
    await auditSession(stack, agent, ['2025550100']);
    await desktop.close();
  });
});

describe('input that is no command', () => {
  it('keeps the socket through what is not a request', async () => {
    const desktop = await open('1003');
    const deep = `${'{"a":'.repeat(40)}1${'}'.repeat(40)}`;
    const rows = ['{', '[]', '"x"', '{}', '{"command":7}', `{"command":"session.start","data":${deep}}`];
    for (const row of rows) {
      const from = desktop.frames.length;
      desktop.socket.send(row);
      const answer = await desktop.until(({ result }) => result === 'failure', from);
      expect(['MALFORMED_REQUEST', 'INVALID_DATA']).toContain(answer.failure?.code);
    }
    await prepare(desktop, '1003');
    await desktop.close();
  });

  it('closes on an oversized frame and on a flood, and stays up', async () => {
    const large = await open('1004');
    large.socket.send(JSON.stringify({ command: 'x'.repeat(70_000) }));
    expect((await large.closed).code).toBe(1009);
    const flooding = await open('1004');
    for (let n = 0; n < 400; n += 1) flooding.socket.send('{"command":"session.start"}');
    expect((await flooding.closed).code).toBe(4429);
    const after = await open('1004');
    await prepare(after, '1004');
    await after.close();
  });

  it('refuses an upgrade without a good token or from a foreign page', async () => {
    const token = await tokenFor(stack.edgeUrl, '1005');
    const [head, body, signature] = token.split('.') as [string, string, string];
    const claims = JSON.parse(Buffer.from(body, 'base64url').toString()) as object;
    const forged = Buffer.from(JSON.stringify({ ...claims, sub: '1006' })).toString('base64url');
    expect(await refusedWith({})).toBe(401);
    expect(await refusedWith({ authorization: `Bearer ${head}.${forged}.${signature}` })).toBe(401);
    expect(await refusedWith({}, ['cordboard.v1', 'bearer.nonsense'])).toBe(401);
    expect(await refusedWith({ authorization: `Bearer ${token}`, origin: 'https://evil.example' })).toBe(403);
  });

  it('gives development tokens to this machine only, and says what is wrong with a request for one', async () => {
    const ask = (body: string, headers: Record<string, string>): Promise<Response> =>
      fetch(`${stack.edgeUrl}/dev/token`, { method: 'POST', body, headers });
    const json = { 'content-type': 'application/json' };
    expect((await ask('{"agent":"1001","roles":["agent"]}', json)).status).toBe(200);
    const bad = await ask('{"agent":7,"roles":["agent"]}', json);
    expect(bad.status).toBe(400);
    expect(await bad.text()).toContain('agent');
    expect((await ask('{"agent":"1001","roles":["agent"]}', { 'content-type': 'text/plain' })).ok).toBe(
      false,
    );
    const foreign = { ...json, origin: 'https://evil.example' };
    expect((await ask('{"agent":"1001","roles":["agent"]}', foreign)).ok).toBe(false);
  });
});
