import { successResponse } from '@cordboard/agent-protocol';
import { answerResult, HEADERS } from '@cordboard/bus';
import { WebSocket } from 'ws';
import { bindAs, type Edge, type EdgeWorld, edgeWorld, S, token, until } from './edge-under-test.ts';

const OTHER = '01890a5d-ac96-774b-bcce-b302099a8058';

describe('a session at the edge', () => {
  let world: EdgeWorld;
  let edge: Edge;
  beforeEach(async () => {
    world = await edgeWorld();
    ({ edge } = world);
  });
  afterEach(() => world.stop());

  describe('keeps agents apart', () => {
    const prepare = (id: string) => ({
      command: 'prepareSession',
      data: { agent: { id, password: 'demo' } },
    });

    it('prepares for the agent of the token only, and echoes no password', async () => {
      const { ask, frames } = await edge.browser();
      expect(await ask(prepare('1002'))).toMatchObject({ failure: { code: 'FORBIDDEN' } });
      expect(world.owner.heard).toEqual([]);
      expect(await ask(prepare('1001'))).toMatchObject({ result: 'success', data: { session: { id: S } } });
      expect(world.owner.heard[0]?.headers[HEADERS.actor]).toBe('agent:1001');
      expect(world.owner.heard[0]?.body).toContain('"password":"demo"');
      expect(JSON.stringify(frames)).not.toContain('"password"');
    });

    it('lets nobody without the role agent prepare or bind', async () => {
      const { ask } = await edge.browser(await token({ roles: ['supervisor'] }));
      expect(await ask(prepare('1001'))).toMatchObject({ failure: { code: 'FORBIDDEN' } });
      expect(await ask(bindAs('tab'))).toMatchObject({ failure: { code: 'FORBIDDEN' } });
    });

    it('takes commands for the bound session alone', async () => {
      const { ask } = await edge.browser();
      const start = (target: string) => ({ command: 'session.start', target });
      expect(await ask(start(S))).toMatchObject({ failure: { code: 'SESSION_NOT_STARTED' } });
      await ask(bindAs('tab-1'));
      expect(await ask(start(OTHER))).toMatchObject({ failure: { code: 'FORBIDDEN' } });
      expect(await ask({ ...bindAs('tab-1'), target: OTHER })).toMatchObject({
        failure: { code: 'INVALID_STATE' },
      });
      expect(await ask(start(S))).toMatchObject({ result: 'success', command: 'session.start', target: S });
      const forwarded = world.owner.heard.at(-1);
      expect(forwarded?.headers).toMatchObject({ actor: 'agent:1001', binding: world.owner.holder.binding });
      expect(forwarded?.headers[HEADERS.trace]).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
      expect(forwarded?.request?.original).toMatchObject({ command: 'session.start', target: S });
    });

    it('answers when nobody prepares', async () => {
      const { ask } = await edge.browser();
      world.owner.onPrepare = () => undefined;
      const answer = ask(prepare('1001'));
      await until(() => expect(world.owner.heard).toHaveLength(1));
      world.clock.advance(10_000);
      expect(await answer).toMatchObject({ failure: { code: 'SERVICE_UNAVAILABLE' } });
    });
  });

  describe('forwards the session', () => {
    const preview = { interactionData: { ANI: '+12025550123' } };

    it('events as they were published, internal ones never', async () => {
      const { sequences, frames, next } = await world.bound();
      await world.owner.emit(null, {});
      await world.owner.emit('interaction.preview', preview);
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
      const live = await world.bound();
      for (let count = 0; count < 3; count += 1) await world.owner.emit('interaction.preview', preview);
      await live.next((frame) => frame['sequence'] === 3);
      const back = await world.bound({ afterSequence: 1 });
      await back.next((frame) => frame['sequence'] === 3);
      expect(back.frames[0]).toMatchObject({ data: { mode: 'resumed', sequence: 3 } });
      expect(back.frames.slice(1)).toEqual(live.frames.filter((frame) => Number(frame['sequence']) > 1));
    });

    it('a snapshot when the cursor is none of the session', async () => {
      await world.owner.emit(null, {});
      await world.owner.emit('interaction.preview', preview);
      const { frames, sequences } = await world.bound({ afterSequence: 1 });
      expect(frames[0]).toMatchObject({ data: { mode: 'reset', sequence: 2 } });
      expect(edge.resumes).toEqual(['reset']);
      await world.owner.emit('interaction.preview', preview);
      await until(() => expect(sequences()).toEqual([3]));
    });

    it('a lost event from the log before the next one', async () => {
      const { sequences } = await world.bound();
      await world.owner.emit('interaction.preview', preview);
      await world.owner.emit('interaction.preview', preview, true);
      await world.owner.emit('interaction.preview', preview);
      await until(() => expect(sequences()).toEqual([1, 2, 3]));
      expect(edge.counts.get('stream_repairs')).toBe(1);
    });

    it('a lost last event after two renewals', async () => {
      const { sequences } = await world.bound();
      await world.owner.emit('interaction.preview', preview, true);
      for (let count = 0; count < 2; count += 1) {
        world.clock.advance(5_000);
        await until(() =>
          expect(world.owner.heard.filter((h) => h.command === 'renewBinding')).toHaveLength(count + 1),
        );
        await new Promise((resolve) => setImmediate(resolve));
      }
      await until(() => expect(sequences()).toEqual([1]));
    });

    it('heartbeats with the last sequence, and drops a silent client', async () => {
      const { next, pings, socket, closed } = await world.bound();
      await world.owner.emit('interaction.preview', preview);
      await next((frame) => frame['sequence'] === 1);
      world.clock.advance(15_000);
      expect(await next((frame) => frame['messageType'] === 'heartbeat')).toEqual({
        messageType: 'heartbeat',
        target: S,
        sequence: 1,
      });
      await until(() => expect(pings()).toBe(1));
      socket.pause();
      world.clock.advance(60_000);
      expect(edge.counts.get('silent_clients')).toBe(1);
      socket.resume();
      expect((await closed()).code).toBe(4408);
    });

    it('no more than a slow browser can take', async () => {
      const { socket, closed } = await world.bound();
      socket.pause();
      const bulk = { interactionData: { text: 'x'.repeat(60_000) } };
      for (let count = 0; count < 400 && !edge.counts.has('slow_clients'); count += 1) {
        await world.owner.emit('interaction.preview', bulk);
        await new Promise((resolve) => setImmediate(resolve));
      }
      expect(edge.counts.get('slow_clients')).toBe(1);
      socket.resume();
      expect((await closed()).code).toBe(4008);
    });
  });

  describe('lets go', () => {
    it('of a socket whose session another client took over, and says so', async () => {
      const first = await world.bound({}, 'tab-1');
      await world.bound({ takeover: true }, 'tab-2');
      expect(await first.closed()).toMatchObject({ code: 4001 });
      expect(first.frames.at(-1)).toMatchObject({ name: 'session.unbound', target: S });
      expect(world.owner.heard.filter(({ command }) => command === 'unbindSession')).toEqual([]);
    });

    it('of the old socket of the same client, silently', async () => {
      const first = await world.bound({}, 'tab-1');
      await world.bound({}, 'tab-1');
      expect(await first.closed()).toMatchObject({ code: 1000 });
      expect(first.frames.some((frame) => frame['name'] === 'session.unbound')).toBe(false);
    });

    it('of a hold that lapsed, for the client to come back', async () => {
      const { closed } = await world.bound();
      world.owner.holder = { binding: '', client: '' };
      world.clock.advance(5_000);
      expect((await closed()).code).toBe(4503);
    });

    it('of an ended session, after its last answer', async () => {
      const { ask, closed, socket } = await world.bound();
      world.owner.onCommand = (message, request) => {
        answerResult(message, JSON.stringify(successResponse(request)));
        world.owner.internal('SessionClosed', { reason: 'logged-out' });
      };
      expect(await ask({ command: 'session.request.logout', target: S })).toMatchObject({
        result: 'success',
      });
      await until(() => {
        world.clock.advance(1_000);
        expect(socket.readyState).not.toBe(WebSocket.OPEN);
      });
      expect(await closed()).toEqual({ code: 1000, reason: 'the session has ended' });
    });

    it('of a session that a newer one replaced', async () => {
      const { closed } = await world.bound();
      world.owner.internal('SessionClosed', { reason: 'overridden' });
      expect((await closed()).code).toBe(4409);
    });

    it('of the hold when the browser goes, but not when the edge does', async () => {
      const gone = await world.bound();
      const { binding } = world.owner.holder;
      gone.socket.close();
      await until(() =>
        expect(world.owner.heard.at(-1)).toMatchObject({ command: 'unbindSession', headers: { binding } }),
      );
      const { closed } = await world.bound();
      const heard = world.owner.heard.length;
      const closing = edge.app.close();
      expect((await closed()).code).toBe(1001);
      await closing;
      expect(world.owner.heard.slice(heard).map(({ command }) => command)).not.toContain('unbindSession');
    });

    it('of everybody when its line to the owners is cut', async () => {
      const { closed } = await world.bound();
      edge.bus.sever();
      expect((await closed()).code).toBe(4503);
    });
  });
});
