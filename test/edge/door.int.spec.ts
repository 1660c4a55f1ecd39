import { successResponse } from '@cordboard/agent-protocol';
import { answerResult, HEADERS } from '@cordboard/bus';
import { type JsonObject } from '@cordboard/kernel';
import { WebSocket } from 'ws';
import { bindAs, type Edge, type EdgeWorld, edgeWorld, S, SECRET, token, until } from './edge-under-test.ts';

describe('the door of the edge', () => {
  let world: EdgeWorld;
  let edge: Edge;
  beforeEach(async () => {
    world = await edgeWorld();
    ({ edge } = world);
  });
  afterEach(() => world.stop());

  describe('lets in', () => {
    const upgrade = async (headers: Record<string, string>, protocols: string[] = []): Promise<number> => {
      const socket = edge.open(protocols, headers);
      return new Promise((resolve) => {
        socket.on('open', () => resolve(101));
        socket.on('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
        socket.on('error', () => undefined);
      });
    };

    it('a token in the header or in the subprotocol, and answers with the protocol alone', async () => {
      expect(await upgrade({ authorization: `Bearer ${await token()}` })).toBe(101);
      const { socket } = await edge.browser();
      expect(socket.protocol).toBe('cordboard.v1');
    });

    it.each([
      ['no token', async () => ''],
      ['a token that ended', () => token({}, SECRET, '-1m')],
      ['a token signed by someone else', () => token({}, 'another secret that is long enough to be')],
      ['a token for another audience', () => token({ aud: 'elsewhere' })],
      ['a token without a tenant', () => token({ tenant: undefined })],
      ['a token whose agent is no id', () => token({ sub: '1001.>' })],
      ['a token with endless roles', () => token({ roles: Array(100).fill('agent') as string[] })],
    ])('nobody with %s', async (_case, make) => {
      expect(await upgrade({ authorization: `Bearer ${await make()}` })).toBe(401);
    });

    it('no page of a foreign origin', async () => {
      const authorization = `Bearer ${await token()}`;
      expect(await upgrade({ authorization, origin: 'https://evil.example' })).toBe(403);
      expect(await upgrade({ authorization, origin: `http://127.0.0.1:${edge.port}` })).toBe(101);
    });

    it('no more sockets than it can bear', async () => {
      const authorization = `Bearer ${await token()}`;
      for (let count = 0; count < 8; count += 1) expect(await upgrade({ authorization })).toBe(101);
      expect(edge.sizes.connected).toBe(8);
      expect(await upgrade({ authorization })).toBe(503);
    });
  });

  describe('answers bad input', () => {
    it.each([
      ['text that is no JSON', 'hello', 'MALFORMED_REQUEST'],
      ['JSON that is no object', '[1]', 'MALFORMED_REQUEST'],
      [
        'JSON too deep',
        `{"command":"session.start","data":${'['.repeat(20)}${']'.repeat(20)}}`,
        'MALFORMED_REQUEST',
      ],
      ['JSON absurdly deep', `{"command":${'['.repeat(30_000)}${']'.repeat(30_000)}}`, 'MALFORMED_REQUEST'],
      ['an unknown command', `{"command":"session.dance","target":"${S}"}`, 'UNKNOWN_COMMAND'],
      ['a wrong target', `{"command":"session.start","target":"nowhere"}`, 'INVALID_TARGET'],
      ['a missing target', `{"command":"session.start"}`, 'MALFORMED_REQUEST'],
      ['missing data', `{"command":"bindSession","target":"${S}","data":{}}`, 'INVALID_DATA'],
      [
        'U+0000',
        `{"command":"session.start","target":"${S}","data":{"extension":"\\u0000"}}`,
        'INVALID_DATA',
      ],
      [
        'a lone surrogate',
        `{"command":"session.start","target":"${S}","data":{"extension":"\\ud800"}}`,
        'INVALID_DATA',
      ],
    ])('%s, and the socket stays', async (_case, text, code) => {
      const { socket, next, ask } = await edge.browser();
      socket.send(text);
      expect(await next((frame) => frame['result'] === 'failure')).toMatchObject({ failure: { code } });
      expect(await ask({ command: 'observe', data: { targets: ['*.*.*._._'] } })).toMatchObject({
        failure: { code: 'NOT_SUPPORTED' },
      });
      expect(socket.readyState).toBe(WebSocket.OPEN);
    });

    it('a frame too large, a binary one and broken text by closing with a reason', async () => {
      const large = await edge.browser();
      large.socket.send(`{"command":"${'x'.repeat(70_000)}"}`);
      expect(await large.closed()).toEqual({ code: 1009, reason: 'frame larger than 64 KiB' });
      const binary = await edge.browser();
      binary.socket.send(Buffer.from([1, 2, 3]));
      expect(await binary.closed()).toMatchObject({ code: 4400 });
      const broken = await edge.browser();
      broken.socket.send(Buffer.from([0xff, 0xfe]), { binary: false });
      expect((await broken.closed()).code).toBe(1007);
    });

    it('a flood by closing', async () => {
      const { socket, closed } = await edge.browser();
      for (let count = 0; count < 101; count += 1) socket.send('{}');
      expect(await closed()).toEqual({ code: 4429, reason: 'too many commands' });
      expect(edge.counts.get('floods')).toBe(1);
    });

    it('commands beyond 64 unanswered ones with a failure', async () => {
      const { ask, socket, next } = await world.bound();
      const waiting: (() => void)[] = [];
      const answerLater: typeof world.owner.onCommand = (message, request) =>
        void waiting.push(() => answerResult(message, JSON.stringify(successResponse(request))));
      world.owner.onCommand = answerLater;
      for (let count = 0; count < 64; count += 1) {
        socket.send(JSON.stringify({ command: 'session.start', requestId: `q${count}`, target: S }));
      }
      const start = { command: 'session.start', target: S };
      expect(await ask(start)).toMatchObject({ failure: { code: 'TOO_MANY_REQUESTS' } });
      await until(() => expect(waiting.length).toBeGreaterThanOrEqual(64));
      for (const answer of waiting) answer();
      await next((frame) => frame['requestId'] === 'q63' && frame['result'] === 'success');
      const late = ask({ ...start, requestId: 'late' });
      await until(() => expect(world.owner.heard.at(-1)?.request?.requestId).toBe('late'));
      waiting.at(-1)?.();
      expect(await late).toMatchObject({ result: 'success' });
    });
  });

  describe('gives development tokens', () => {
    const post = async (body: string, headers: Record<string, string> = {}) => {
      const answer = await fetch(`http://127.0.0.1:${edge.port}/dev/token`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body,
      });
      return { status: answer.status, body: (await answer.json()) as JsonObject };
    };

    it('that open a socket as the agent asked for', async () => {
      const { status, body } = await post('{"agent":"1001","roles":["agent"]}');
      expect(status).toBe(200);
      const { ask } = await edge.browser(body['token'] as string);
      expect(await ask(bindAs('tab-1'))).toMatchObject({ result: 'success' });
      expect(world.owner.heard[0]?.headers[HEADERS.actor]).toBe('agent:1001');
    });

    it.each([
      ['no agent', '{}', 'agent'],
      ['an agent that is no id', '{"agent":"a.b"}', 'agent'],
      ['an unknown role', '{"agent":"1001","roles":["king"]}', 'roles'],
      ['roles that are no list', '{"agent":"1001","roles":"agent"}', 'roles'],
    ])('not for %s, and names the field', async (_case, body, field) => {
      const answer = await post(body);
      expect(answer.status).toBe(400);
      expect(JSON.stringify(answer.body['message'])).toContain(field);
    });

    it.each([
      ['a foreign page', { origin: 'https://evil.example' }],
      ['a form', { 'content-type': 'text/plain' }],
      ['a proxy', { 'x-forwarded-for': '10.0.0.1' }],
    ])('as if there were no such path to %s', async (_case, headers) => {
      const answer = await post('{"agent":"1001"}', headers);
      expect(answer).toMatchObject({ status: 404, body: { message: 'Cannot POST /dev/token' } });
    });

    it('nowhere when they are switched off', async () => {
      edge.settings.devTokenSecret = null;
      expect((await post('{"agent":"1001"}')).status).toBe(404);
    });
  });

  describe('minds the token', () => {
    const renew = async (claims: JsonObject, expiresIn = '3h') => ({
      command: 'renewToken',
      data: { token: await token(claims, SECRET, expiresIn) },
    });

    it('closes when it ends, later when it was renewed', async () => {
      const short = await token({}, SECRET, '30s');
      const first = await edge.browser(short);
      const second = await edge.browser(short);
      expect(await second.ask(await renew({}))).toMatchObject({ result: 'success', data: {} });
      world.clock.advance(31_000);
      expect((await first.closed()).code).toBe(4401);
      expect(second.socket.readyState).toBe(WebSocket.OPEN);
    });

    it('takes no token of another agent', async () => {
      const { ask, closed } = await edge.browser();
      expect(await ask(await renew({ sub: '1002' }))).toMatchObject({ failure: { code: 'FORBIDDEN' } });
      expect((await closed()).code).toBe(4403);
    });
  });
});
