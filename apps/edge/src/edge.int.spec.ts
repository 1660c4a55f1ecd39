import 'reflect-metadata';
import { type AddressInfo } from 'node:net';
import { successResponse } from '@cordboard/agent-protocol';
import { answerResult, createMemoryNetwork, HEADERS, type MemoryBus } from '@cordboard/bus';
import { type JsonObject } from '@cordboard/kernel';
import {
  eventually,
  openBrowser,
  type ScriptedOwner,
  scriptedOwner,
  type VirtualClock,
  virtualClock,
} from '@cordboard/testing';
import { type INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { SignJWT } from 'jose';
import { WebSocket } from 'ws';
import { Admission } from './access/admission.ts';
import { createTokenVerifier } from './access/token-verifier.ts';
import { type EdgeCounter, type EdgePorts } from './edge-ports.ts';
import { type EdgeSettings } from './edge-settings.ts';
import { EdgeModule } from './edge.module.ts';
import { AgentWsAdapter } from './socket/agent-ws-adapter.ts';
import { createHistory } from './stream/history.ts';
import { EDGE_PORTS, EDGE_SETTINGS } from './tokens.ts';

const SECRET = 'a secret that is long enough for a test';
const S = '01890a5d-ac96-774b-bcce-b302099a8057';
const OTHER = '01890a5d-ac96-774b-bcce-b302099a8058';

const token = (claims: JsonObject = {}, secret = SECRET, expiresIn = '1h'): Promise<string> =>
  new SignJWT({ tenant: 'demo', roles: ['agent'], aud: 'cordboard', sub: '1001', ...claims })
    .setProtectedHeader({ alg: 'HS256' })
    .setExpirationTime(expiresIn)
    .sign(new TextEncoder().encode(secret));

/** Waits until the assertions hold. */
const until = (assert: () => void): Promise<true> =>
  eventually(() => {
    assert();
    return true as const;
  });

describe('the edge', () => {
  let app: INestApplication;
  let port: number;
  let clock: VirtualClock;
  let edgeBus: MemoryBus;
  let owner: ScriptedOwner;
  let connected = 0;
  const counts = new Map<EdgeCounter, number>();
  const browsers: WebSocket[] = [];
  const settings = { origins: [] as string[], maxSockets: 8, devTokenSecret: SECRET as string | null };

  beforeEach(async () => {
    const network = createMemoryNetwork();
    clock = virtualClock(Date.now());
    edgeBus = network.connect({ clock });
    owner = scriptedOwner(network.connect({ clock }), S);
    counts.clear();
    Object.assign(settings, { origins: [], maxSockets: 8, devTokenSecret: SECRET });
    let made = 0;
    const ports: EdgePorts = {
      bus: edgeBus,
      history: createHistory(owner.store, owner.vault),
      verify: createTokenVerifier({ kind: 'secret', secret: SECRET }, clock),
      clock,
      newId: () => `made-${(made += 1)}`,
      log: { info: () => undefined, warn: () => undefined, error: () => undefined },
      connected: (sockets) => void (connected = sockets),
      count: (name) => counts.set(name, (counts.get(name) ?? 0) + 1),
    };
    app = await NestFactory.create(
      EdgeModule.with([
        { provide: EDGE_PORTS, useValue: ports },
        { provide: EDGE_SETTINGS, useValue: settings satisfies EdgeSettings },
      ]),
      { logger: false, forceCloseConnections: true },
    );
    app.useWebSocketAdapter(new AgentWsAdapter(app, app.get(Admission)));
    await app.listen(0, '127.0.0.1');
    port = (app.getHttpServer() as { address: () => AddressInfo }).address().port;
  });

  afterEach(async () => {
    for (const socket of browsers.splice(0)) socket.terminate();
    // The gateway waits for its browsers on the clock that stands still here.
    const closing = app.close();
    await until(() => {
      clock.advance(1_000);
      expect(clock.waiting()).toBe(0);
    });
    await closing;
  });

  const browser = async (jwt?: string) => {
    const opened = await openBrowser(`ws://127.0.0.1:${port}/agent`, jwt ?? (await token()));
    browsers.push(opened.socket);
    return opened;
  };
  const bindAs = (client: string, data: JsonObject = {}) => ({
    command: 'bindSession',
    target: S,
    data: { client, takeover: false, ...data },
  });
  const bound = async (data: JsonObject = {}, client = 'tab-1') => {
    const opened = await browser();
    expect(await opened.ask(bindAs(client, data))).toMatchObject({ result: 'success' });
    return opened;
  };

  describe('lets in', () => {
    const upgrade = async (headers: Record<string, string>, protocols: string[] = []): Promise<number> => {
      const socket = new WebSocket(`ws://127.0.0.1:${port}/agent`, protocols, { headers });
      browsers.push(socket);
      return new Promise((resolve) => {
        socket.on('open', () => resolve(101));
        socket.on('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
        socket.on('error', () => undefined);
      });
    };

    it('a token in the header or in the subprotocol, and answers with the protocol alone', async () => {
      expect(await upgrade({ authorization: `Bearer ${await token()}` })).toBe(101);
      const { socket } = await browser();
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
      expect(await upgrade({ authorization, origin: `http://127.0.0.1:${port}` })).toBe(101);
    });

    it('no more sockets than it can bear', async () => {
      const authorization = `Bearer ${await token()}`;
      for (let count = 0; count < 8; count += 1) expect(await upgrade({ authorization })).toBe(101);
      expect(connected).toBe(8);
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
      const { socket, next, ask } = await browser();
      socket.send(text);
      expect(await next((frame) => frame['result'] === 'failure')).toMatchObject({ failure: { code } });
      expect(await ask({ command: 'observe', data: { targets: ['*.*.*._._'] } })).toMatchObject({
        failure: { code: 'NOT_SUPPORTED' },
      });
      expect(socket.readyState).toBe(WebSocket.OPEN);
    });

    it('a frame too large, a binary one and broken text by closing with a reason', async () => {
      const large = await browser();
      large.socket.send(`{"command":"${'x'.repeat(70_000)}"}`);
      expect(await large.closed()).toEqual({ code: 1009, reason: 'frame larger than 64 KiB' });
      const binary = await browser();
      binary.socket.send(Buffer.from([1, 2, 3]));
      expect(await binary.closed()).toMatchObject({ code: 4400 });
      const broken = await browser();
      broken.socket.send(Buffer.from([0xff, 0xfe]), { binary: false });
      expect((await broken.closed()).code).toBe(1007);
    });

    it('a flood by closing', async () => {
      const { socket, closed } = await browser();
      for (let count = 0; count < 101; count += 1) socket.send('{}');
      expect(await closed()).toEqual({ code: 4429, reason: 'too many commands' });
      expect(counts.get('floods')).toBe(1);
    });

    it('commands beyond 64 unanswered ones with a failure', async () => {
      const { ask, socket, next } = await bound();
      const waiting: (() => void)[] = [];
      const answerLater: typeof owner.onCommand = (message, request) =>
        void waiting.push(() => answerResult(message, JSON.stringify(successResponse(request))));
      owner.onCommand = answerLater;
      for (let count = 0; count < 64; count += 1) {
        socket.send(JSON.stringify({ command: 'session.start', requestId: `q${count}`, target: S }));
      }
      const start = { command: 'session.start', target: S };
      expect(await ask(start)).toMatchObject({ failure: { code: 'TOO_MANY_REQUESTS' } });
      await until(() => expect(waiting.length).toBeGreaterThanOrEqual(64));
      for (const answer of waiting) answer();
      await next((frame) => frame['requestId'] === 'q63' && frame['result'] === 'success');
      const late = ask({ ...start, requestId: 'late' });
      await until(() => expect(owner.heard.at(-1)?.request?.requestId).toBe('late'));
      waiting.at(-1)?.();
      expect(await late).toMatchObject({ result: 'success' });
    });
  });

  describe('keeps agents apart', () => {
    const prepare = (id: string) => ({
      command: 'prepareSession',
      data: { agent: { id, password: 'demo' } },
    });

    it('prepares for the agent of the token only, and echoes no password', async () => {
      const { ask, frames } = await browser();
      expect(await ask(prepare('1002'))).toMatchObject({ failure: { code: 'FORBIDDEN' } });
      expect(owner.heard).toEqual([]);
      expect(await ask(prepare('1001'))).toMatchObject({ result: 'success', data: { session: { id: S } } });
      expect(owner.heard[0]?.headers[HEADERS.actor]).toBe('agent:1001');
      expect(owner.heard[0]?.body).toContain('"password":"demo"');
      expect(JSON.stringify(frames)).not.toContain('"password"');
    });

    it('lets nobody without the role agent prepare or bind', async () => {
      const { ask } = await browser(await token({ roles: ['supervisor'] }));
      expect(await ask(prepare('1001'))).toMatchObject({ failure: { code: 'FORBIDDEN' } });
      expect(await ask(bindAs('tab'))).toMatchObject({ failure: { code: 'FORBIDDEN' } });
    });

    it('takes commands for the bound session alone', async () => {
      const { ask } = await browser();
      const start = (target: string) => ({ command: 'session.start', target });
      expect(await ask(start(S))).toMatchObject({ failure: { code: 'SESSION_NOT_STARTED' } });
      await ask(bindAs('tab-1'));
      expect(await ask(start(OTHER))).toMatchObject({ failure: { code: 'FORBIDDEN' } });
      expect(await ask({ ...bindAs('tab-1'), target: OTHER })).toMatchObject({
        failure: { code: 'INVALID_STATE' },
      });
      expect(await ask(start(S))).toMatchObject({ result: 'success', command: 'session.start', target: S });
      const forwarded = owner.heard.at(-1);
      expect(forwarded?.headers).toMatchObject({ actor: 'agent:1001', binding: owner.holder.binding });
      expect(forwarded?.headers[HEADERS.trace]).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
      expect(forwarded?.request?.original).toMatchObject({ command: 'session.start', target: S });
    });

    it('answers when nobody prepares', async () => {
      const { ask } = await browser();
      owner.onPrepare = () => undefined;
      const answer = ask(prepare('1001'));
      await until(() => expect(owner.heard).toHaveLength(1));
      clock.advance(10_000);
      expect(await answer).toMatchObject({ failure: { code: 'SERVICE_UNAVAILABLE' } });
    });
  });

  describe('forwards the session', () => {
    const preview = { interactionData: { ANI: '+12025550123' } };

    it('events as they were published, internal ones never', async () => {
      const { sequences, frames, next } = await bound();
      await owner.emit(null, {});
      await owner.emit('interaction.preview', preview);
      await next((frame) => frame['sequence'] === 2);
      expect(frames.at(-1)).toEqual({
        messageType: 'objectEvent',
        target: S,
        name: 'interaction.preview',
        data: preview,
        sequence: 2,
        previous: null,
        at: '2026-01-01T00:00:00.000Z',
      });
      expect(sequences()).toEqual([2]);
    });

    it('what was missed after the answer to the bind, opened and identical to the live frames', async () => {
      const live = await bound();
      for (let count = 0; count < 3; count += 1) await owner.emit('interaction.preview', preview);
      await live.next((frame) => frame['sequence'] === 3);
      const back = await bound({ afterSequence: 1 });
      await back.next((frame) => frame['sequence'] === 3);
      expect(back.frames[0]).toMatchObject({ data: { mode: 'resumed', sequence: 3 } });
      expect(back.frames.slice(1)).toEqual(live.frames.filter((frame) => Number(frame['sequence']) > 1));
    });

    it('a snapshot when the cursor is none of the session', async () => {
      await owner.emit(null, {});
      await owner.emit('interaction.preview', preview);
      const { frames, sequences } = await bound({ afterSequence: 1 });
      expect(frames[0]).toMatchObject({ data: { mode: 'reset', sequence: 2 } });
      expect(counts.get('stream_resets')).toBe(1);
      await owner.emit('interaction.preview', preview);
      await until(() => expect(sequences()).toEqual([3]));
    });

    it('a lost event from the log before the next one', async () => {
      const { sequences } = await bound();
      await owner.emit('interaction.preview', preview);
      await owner.emit('interaction.preview', preview, true);
      await owner.emit('interaction.preview', preview);
      await until(() => expect(sequences()).toEqual([1, 2, 3]));
      expect(counts.get('stream_repairs')).toBe(1);
    });

    it('a lost last event after two renewals', async () => {
      const { sequences } = await bound();
      await owner.emit('interaction.preview', preview, true);
      for (let count = 0; count < 2; count += 1) {
        clock.advance(5_000);
        await until(() =>
          expect(owner.heard.filter((h) => h.command === 'renewBinding')).toHaveLength(count + 1),
        );
        await new Promise((resolve) => setImmediate(resolve));
      }
      await until(() => expect(sequences()).toEqual([1]));
    });

    it('heartbeats with the last sequence, and drops a silent client', async () => {
      const { next, pings, socket, closed } = await bound();
      await owner.emit('interaction.preview', preview);
      await next((frame) => frame['sequence'] === 1);
      clock.advance(15_000);
      expect(await next((frame) => frame['messageType'] === 'heartbeat')).toEqual({
        messageType: 'heartbeat',
        target: S,
        sequence: 1,
      });
      await until(() => expect(pings()).toBe(1));
      socket.pause();
      clock.advance(60_000);
      expect(counts.get('silent_clients')).toBe(1);
      socket.resume();
      expect((await closed()).code).toBe(4408);
    });

    it('no more than a slow browser can take', async () => {
      const { socket, closed } = await bound();
      socket.pause();
      const bulk = { interactionData: { text: 'x'.repeat(60_000) } };
      for (let count = 0; count < 400 && !counts.has('slow_clients'); count += 1) {
        await owner.emit('interaction.preview', bulk);
        await new Promise((resolve) => setImmediate(resolve));
      }
      expect(counts.get('slow_clients')).toBe(1);
      socket.resume();
      expect((await closed()).code).toBe(4008);
    });
  });

  describe('lets go', () => {
    it('of a socket whose session another client took over, and says so', async () => {
      const first = await bound({}, 'tab-1');
      await bound({ takeover: true }, 'tab-2');
      expect(await first.closed()).toMatchObject({ code: 4001 });
      expect(first.frames.at(-1)).toMatchObject({ name: 'session.unbound', target: S });
      expect(owner.heard.filter(({ command }) => command === 'unbindSession')).toEqual([]);
    });

    it('of the old socket of the same client, silently', async () => {
      const first = await bound({}, 'tab-1');
      await bound({}, 'tab-1');
      expect(await first.closed()).toMatchObject({ code: 1000 });
      expect(first.frames.some((frame) => frame['name'] === 'session.unbound')).toBe(false);
    });

    it('of a hold that lapsed, for the client to come back', async () => {
      const { closed } = await bound();
      owner.holder = { binding: '', client: '' };
      clock.advance(5_000);
      expect((await closed()).code).toBe(4503);
    });

    it('of an ended session, after its last answer', async () => {
      const { ask, closed, socket } = await bound();
      owner.onCommand = (message, request) => {
        answerResult(message, JSON.stringify(successResponse(request)));
        owner.internal('SessionClosed', { reason: 'logged-out' });
      };
      expect(await ask({ command: 'session.request.logout', target: S })).toMatchObject({
        result: 'success',
      });
      await until(() => {
        clock.advance(1_000);
        expect(socket.readyState).not.toBe(WebSocket.OPEN);
      });
      expect(await closed()).toEqual({ code: 1000, reason: 'the session has ended' });
    });

    it('of a session that a newer one replaced', async () => {
      const { closed } = await bound();
      owner.internal('SessionClosed', { reason: 'overridden' });
      expect((await closed()).code).toBe(4409);
    });

    it('of the hold when the browser goes, but not when the edge does', async () => {
      const gone = await bound();
      const { binding } = owner.holder;
      gone.socket.close();
      await until(() =>
        expect(owner.heard.at(-1)).toMatchObject({ command: 'unbindSession', headers: { binding } }),
      );
      const { closed } = await bound();
      const heard = owner.heard.length;
      const closing = app.close();
      expect((await closed()).code).toBe(1001);
      await closing;
      expect(owner.heard.slice(heard).map(({ command }) => command)).not.toContain('unbindSession');
    });

    it('of everybody when its line to the owners is cut', async () => {
      const { closed } = await bound();
      edgeBus.sever();
      expect((await closed()).code).toBe(4503);
    });
  });

  describe('gives development tokens', () => {
    const post = async (body: string, headers: Record<string, string> = {}) => {
      const answer = await fetch(`http://127.0.0.1:${port}/dev/token`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body,
      });
      return { status: answer.status, body: (await answer.json()) as JsonObject };
    };

    it('that open a socket as the agent asked for', async () => {
      const { status, body } = await post('{"agent":"1001","roles":["agent"]}');
      expect(status).toBe(200);
      const { ask } = await browser(body['token'] as string);
      expect(await ask(bindAs('tab-1'))).toMatchObject({ result: 'success' });
      expect(owner.heard[0]?.headers[HEADERS.actor]).toBe('agent:1001');
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
      settings.devTokenSecret = null;
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
      const first = await browser(short);
      const second = await browser(short);
      expect(await second.ask(await renew({}))).toMatchObject({ result: 'success', data: {} });
      clock.advance(31_000);
      expect((await first.closed()).code).toBe(4401);
      expect(second.socket.readyState).toBe(WebSocket.OPEN);
    });

    it('takes no token of another agent', async () => {
      const { ask, closed } = await browser();
      expect(await ask(await renew({ sub: '1002' }))).toMatchObject({ failure: { code: 'FORBIDDEN' } });
      expect((await closed()).code).toBe(4403);
    });
  });
});
