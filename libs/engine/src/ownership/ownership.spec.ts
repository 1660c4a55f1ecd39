import { HEADERS, subjects } from '@cordboard/bus';
import { count, office } from '@cordboard/testing';

describe('ownership', () => {
  it('passes to the other worker when the owner is gone, in the middle of a command', async () => {
    const { hire, start, send, adapter, types } = office();
    const first = await hire('w1');
    const { session, channel } = await start();
    const second = await hire('w2');
    adapter.script('channel.request.activate', 'silent');
    const pending = send('channel.request.activate', channel);
    for (let n = 0; n < 60; n += 1) await new Promise(setImmediate);
    first.bus.sever();
    adapter.script('channel.request.activate', {});
    expect((await pending).result).toBe('success');
    expect(second.worker.owned()).toBe(1);
    expect(count(types(session), 'OwnershipClaimed')).toBe(2);
    expect(adapter.heard).toContain('channel.request.activate?');
  });

  it('is let go by an owner that wakes up too late, though it has nothing to write', async () => {
    const { hire, start, send, turn, adapter, types } = office();
    const first = await hire('w1');
    const { session, channel } = await start();
    const second = await hire('w2');
    const wake = first.bus.freeze();
    expect((await send('renewBinding', session)) as unknown).toMatchObject({ bound: true });
    expect([first.worker.owned(), second.worker.owned()]).toEqual([1, 1]);
    wake();
    await turn();
    expect([first.worker.owned(), second.worker.owned()]).toEqual([0, 1]);
    expect((await send('channel.request.activate', channel)).result).toBe('success');
    expect(count(types(session), 'OwnershipClaimed')).toBe(2);
    expect(count(adapter.heard, 'channel.request.activate')).toBe(1);
  });

  it('is fenced when a frozen owner wakes up and goes on with what it was told', async () => {
    const { hire, start, send, turn, adapter, types } = office();
    const first = await hire('w1');
    const { session, channel } = await start();
    const second = await hire('w2');
    const wake = first.bus.freeze();
    expect((await send('channel.request.activate', channel)).result).toBe('success');
    wake();
    await turn();
    await adapter.report('channel.activated', channel);
    expect((await send('channel.request.ready', channel)).result).toBe('success');
    expect([first.worker.owned(), second.worker.owned()]).toEqual([0, 1]);
    expect(count(types(session), 'CommandAccepted')).toBe(3);
    expect(count(adapter.heard, 'channel.request.activate')).toBe(1);
  });

  it('of one session is claimed once, when several who missed the owner ask different workers', async () => {
    const { hire, start, send, settle, adapter, types, desk } = office();
    const first = await hire('w1');
    const { session, channel } = await start();
    const others = [await hire('w2'), await hire('w3')];
    first.bus.sever();
    const claim = (): Promise<unknown> =>
      desk.request(subjects.claim('demo'), '{}', {
        timeoutMs: 5_000,
        headers: {
          [HEADERS.for]: subjects.command('demo', { session }, 'renewBinding'),
          [HEADERS.actor]: 'agent:1001',
          [HEADERS.binding]: 'b1',
        },
      });
    await settle(Promise.all([claim(), claim()]));
    await settle(Promise.all([claim(), claim()]));
    expect((await send('channel.request.activate', channel)).result).toBe('success');
    expect(count(types(session), 'OwnershipClaimed')).toBe(2);
    expect(others.map(({ worker }) => worker.owned()).sort()).toEqual([0, 1]);
    expect(count(adapter.heard, 'channel.request.activate')).toBe(1);
  });

  it('is claimed for a message that is repeated meanwhile: each gets a receipt, the last one the answer', async () => {
    const { hire, start, turn, desk, types } = office();
    const first = await hire('w1');
    const { session } = await start();
    await hire('w2');
    first.bus.sever();
    const heard: string[] = [];
    const repeat = (name: string): unknown =>
      desk.ask(subjects.claim('demo'), '{}', {
        headers: {
          [HEADERS.for]: subjects.command('demo', { session }, 'renewBinding'),
          [HEADERS.actor]: 'agent:1001',
          [HEADERS.binding]: 'b1',
        },
        onReply: ({ headers }) => heard.push(`${name} ${headers[HEADERS.reply]}`),
        onNoResponders: () => undefined,
      });
    ['first', 'second', 'third'].forEach(repeat);
    await turn();
    expect(heard).toEqual(['first receipt', 'second receipt', 'third receipt', 'third result']);
    expect(count(types(session), 'OwnershipClaimed')).toBe(2);
  });

  it.each([
    ['demo', 'other'],
    ['other', 'demo'],
  ])(
    'is for its own tenant only, though %s and then %s name the session at the same time',
    async (...order) => {
      const { hire, start, settle, desk } = office();
      const first = await hire('w1');
      const { session } = await start();
      const second = await hire('w2');
      first.bus.sever();
      const renew = async (tenant: string): Promise<unknown> => {
        const heard: string[] = [];
        const headers = {
          [HEADERS.for]: subjects.command(tenant, { session }, 'renewBinding'),
          [HEADERS.actor]: 'agent:1001',
          [HEADERS.binding]: 'b1',
        };
        await new Promise<void>((resolve) => {
          desk.ask(subjects.claim(tenant), '{}', {
            headers,
            onReply: ({ body }) => body !== '' && resolve(void heard.push(body)),
            onNoResponders: () => resolve(),
          });
        });
        return { [tenant]: JSON.parse(heard.join()) as unknown };
      };
      const answers = Object.assign({}, ...(await settle(Promise.all(order.map(renew))))) as unknown;
      expect(answers).toMatchObject({
        demo: { bound: true },
        other: { bound: false, code: 'UNKNOWN_TARGET' },
      });
      expect(second.worker.owned()).toBe(1);
    },
  );

  it('is resumed by the same worker, with nobody asking, when the log was out of reach for a while', async () => {
    const { hire, start, send, turn, clock, adapter, types } = office();
    const place = await hire('w1');
    const { session, channel } = await start();
    place.down = true;
    expect((await send('channel.request.activate', channel)).failure?.code).toBe('SERVICE_UNAVAILABLE');
    for (let n = 0; n < 10; n += 1) {
      clock.advance(1_000);
      await turn();
    }
    expect(place.worker.owned()).toBe(0);
    place.down = false;
    clock.advance(2_000);
    await turn();
    expect(place.worker.owned()).toBe(1);
    expect(count(types(session), 'OwnershipClaimed')).toBe(2);
    expect(adapter.heard).not.toContain('channel.request.activate');
  });

  it('is kept when the answer to the claim was lost', async () => {
    const { hire, start, settle, turn, clock, desk, types } = office();
    const first = await hire('w1');
    const { session } = await start();
    const second = await hire('w2');
    first.bus.sever();
    await first.worker.stop();
    second.failing = { error: { kind: 'unknown', reason: 'connection lost' }, late: true };
    for (let n = 0; n < 5; n += 1) {
      clock.advance(1_000);
      await turn();
    }
    expect(second.worker.owned()).toBe(1);
    expect(count(types(session), 'OwnershipClaimed')).toBe(3);
    const command = subjects.command('demo', { session }, 'renewBinding');
    const headers = { [HEADERS.actor]: 'agent:1001', [HEADERS.binding]: 'b1' };
    expect((await settle(desk.request(command, '{}', { timeoutMs: 1_000, headers }))).ok).toBe(true);
  });

  it('is not taken up by a worker whose claim was answered after the next one', async () => {
    const { hire, start, turn, clock, desk, types } = office();
    const first = await hire('w1');
    const { session } = await start();
    const second = await hire('w2');
    first.bus.sever();
    second.answerMs = 400;
    const claim = (subject: Parameters<typeof desk.publish>[0]): Promise<void> => {
      const command = subjects.command('demo', { session }, 'renewBinding');
      const headers = { [HEADERS.for]: command, [HEADERS.actor]: 'agent:1001', [HEADERS.binding]: 'b1' };
      desk.publish(subject, '{}', headers);
      return turn();
    };
    await claim(subjects.claim('demo'));
    const third = await hire('w3');
    await claim(subjects.claimByAny('demo'));
    clock.advance(400);
    await turn();
    expect([second.worker.owned(), third.worker.owned()]).toEqual([0, 1]);
    expect(count(types(session), 'OwnershipClaimed')).toBe(3);
  });

  it('is handed over by a worker that stops, with what is under way', async () => {
    const { hire, start, send, turn, adapter, types } = office();
    const first = await hire('w1');
    const { session, channel } = await start();
    const second = await hire('w2');
    first.appendMs = 400;
    adapter.script('channel.request.activate', {});
    const pending = send('channel.request.activate', channel);
    await turn();
    const stopping = first.worker.stop();
    expect((await pending).result).toBe('success');
    await stopping;
    expect([first.worker.owned(), second.worker.owned()]).toEqual([0, 1]);
    expect(count(types(session), 'CommandAccepted')).toBe(2);
    expect(adapter.heard.filter((name) => name.startsWith('channel.request.activate'))).toContain(
      'channel.request.activate',
    );
  });

  it('is handed over with what the switch has yet to answer', async () => {
    const { hire, start, send, settle, turn, adapter } = office();
    const first = await hire('w1');
    const { channel } = await start();
    const second = await hire('w2');
    adapter.script('channel.request.activate', 'late');
    const pending = send('channel.request.activate', channel);
    await turn();
    first.appendMs = 400;
    void adapter.report('channel.unavailable', channel);
    await turn();
    await settle(first.worker.stop());
    expect((await pending).result).toBe('success');
    expect([first.worker.owned(), second.worker.owned()]).toEqual([0, 1]);
    expect(count(adapter.heard, 'channel.request.activate')).toBe(1);
  });

  it('is taken over from a worker that no longer beats, with nobody asking', async () => {
    const { hire, start, turn, clock } = office();
    const first = await hire('w1');
    await start();
    const second = await hire('w2');
    first.bus.sever();
    await first.worker.stop();
    for (let n = 0; n < 5; n += 1) {
      clock.advance(1_000);
      await turn();
    }
    expect(second.worker.owned()).toBe(1);
  });

  it('of a session that is over or was never there is refused', async () => {
    const { hire, start, send, prepare } = office();
    await hire('w1');
    const { session, channel } = await start();
    await prepare({ override: true });
    expect((await send('channel.request.ready', channel)).failure?.code).toBe('SESSION_CLOSED');
    const unknown = session.replace(/^.{8}/, '01890a5d');
    expect((await send('bindSession', unknown, { client: 'x' })).failure?.code).toBe('UNKNOWN_TARGET');
  });
});
