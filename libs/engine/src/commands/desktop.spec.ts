import { type JsonObject } from '@cordboard/kernel';
import { count, office } from '@cordboard/testing';
import { LAPSE_MS } from './binding-handler.ts';

describe('a desktop', () => {
  it('that is silent for too long is unbound, and one that renews is not', async () => {
    const { hire, start, send, clock, turn, types } = office();
    await hire('w1');
    const { session } = await start();
    for (let n = 0; n < 5; n += 1) {
      clock.advance(LAPSE_MS / 3);
      await turn();
      expect((await send('renewBinding', session)) as unknown).toMatchObject({ bound: true });
    }
    expect(count(types(session), 'ClientUnbound')).toBe(0);
    for (let n = 0; n < 20; n += 1) {
      clock.advance(1_000);
      await turn();
    }
    expect(count(types(session), 'ClientUnbound')).toBe(1);
  });

  it('stays bound when its owner stood still for longer, and hears only then what was said meanwhile', async () => {
    const { hire, start, send, pass, clock, types } = office();
    await hire('w1');
    const { session } = await start();
    clock.stall(2 * LAPSE_MS);
    await pass(1_500);
    expect((await send('renewBinding', session)) as unknown).toMatchObject({ bound: true });
    clock.stall(2 * LAPSE_MS);
    await pass(LAPSE_MS);
    expect(count(types(session), 'ClientUnbound')).toBe(1);
  });

  it('goes on from its cursor, or starts afresh from a snapshot that equals what was announced', async () => {
    const { hire, start, send, events } = office();
    await hire('w1');
    const { session } = await start();
    const last = events.at(-1)?.sequence;
    const bind = async (afterSequence?: number): Promise<JsonObject | undefined> =>
      (await send('bindSession', session, { client: 'tab', afterSequence })).data;
    expect(await bind(2)).toEqual({ mode: 'resumed', sequence: last, started: true });
    expect(await bind(Number(last) + 1)).toMatchObject({ mode: 'reset', sequence: last });
    const { snapshot } = (await bind()) as { snapshot: { events: JsonObject[] } };
    expect(snapshot.events.map(({ name, target, data }) => ({ name, target, data }))).toEqual(
      events.map(({ name, target, data }) => ({ name, target, data })),
    );
  });

  it('is bound for its full time, however slowly that is written', async () => {
    const { hire, start, send, clock, turn, types } = office();
    const place = await hire('w1');
    const { session } = await start();
    for (let n = 0; n < 30; n += 1) {
      clock.advance(1_000);
      await turn();
    }
    expect(count(types(session), 'ClientUnbound')).toBe(1);
    clock.advance(800);
    place.appendMs = 400;
    expect((await send('bindSession', session, { client: 'tab' }, { binding: 'b2' })).result).toBe('success');
    for (let n = 0; n < 5; n += 1) {
      clock.advance(1_000);
      await turn();
    }
    expect(count(types(session), 'ClientUnbound')).toBe(1);
  });

  it('hears only of what is stored, whatever was decided since', async () => {
    const { hire, start, send, settle, turn, adapter, events } = office();
    const place = await hire('w1');
    const { session, channel } = await start();
    const stored = events.at(-1)?.sequence;
    place.appendMs = 400;
    const bound = send('bindSession', session, { client: 'tab' }, { binding: 'b2' });
    await turn();
    const again = send('bindSession', session, { client: 'tab' }, { binding: 'b2' });
    const reported = adapter.report('channel.activated', channel);
    expect((await bound).data).toMatchObject({
      mode: 'reset',
      sequence: stored,
      snapshot: { sequence: stored },
    });
    expect((await again).result).toBe('success');
    await settle(reported);
  });

  it('is told so when its session is larger than a message may be', async () => {
    const { hire, start, send } = office({ maxPayloadBytes: 2_000 });
    await hire('w1');
    const { session } = await start();
    const bind = await send('bindSession', session, { client: 'tab' });
    expect(bind.failure).toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
    expect(bind.failure?.message).toMatch(/override/u);
  });

  it('is not displaced by an earlier bind of its own that was held up on its way', async () => {
    const { hire, start, send } = office();
    const first = await hire('w1');
    const { session } = await start();
    const bind = (binding: string) => send('bindSession', session, { client: 'tab' }, { binding });
    expect((await bind('b2')).result).toBe('success');
    expect((await bind('b1')).failure?.code).toBe('SESSION_TAKEN_OVER');
    await hire('w2');
    first.bus.sever();
    expect((await bind('b1')).failure?.code).toBe('SESSION_TAKEN_OVER');
    const renewed = await send('renewBinding', session, {}, { binding: 'b2' });
    expect(renewed as unknown).toMatchObject({ bound: true });
  });
});
