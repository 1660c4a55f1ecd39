import { HEADERS, subjects } from '@cordboard/bus';
import { count, office } from '@cordboard/testing';

type Office = ReturnType<typeof office>;

/** Enough rows for a cached state to be worth it. */
const live = async ({ send, turn }: Office, session: string): Promise<void> => {
  for (let n = 0; n < 40; n += 1) {
    await send('bindSession', session, { client: 'tab' }, { binding: `n${n}` });
  }
  await turn();
};

const gone = async ({ send, pass }: Office, channel: string, session: string): Promise<void> => {
  await send('channel.request.notready', channel, { reasoncode: '7' });
  await send('unbindSession', session);
  await pass(1_000);
};

describe('an owner that was frozen', () => {
  it('says nothing that follows from what it knew, though nothing has to be written for it', async () => {
    const all = office();
    const first = await all.hire('w1');
    const { session, channel } = await all.start();
    await all.hire('w2');
    const wake = first.bus.freeze();
    const heard: string[] = [];
    const late = (requestId: string): void => {
      const body = JSON.stringify({ command: 'channel.request.ready', requestId, target: channel, data: {} });
      const target = { session, channel: 'none' };
      all.desk.ask(subjects.command('demo', target, 'channel.request.ready'), body, {
        headers: { [HEADERS.actor]: 'agent:1001', [HEADERS.binding]: 'b0' },
        onReply: (reply) => heard.push(`${String(reply.headers[HEADERS.reply])} ${reply.body}`),
        onNoResponders: () => undefined,
      });
    };
    late('late');
    expect((await all.send('channel.request.activate', channel)).result).toBe('success');
    heard.length = 0;
    wake(1);
    await all.turn();
    expect(heard).toHaveLength(1);
    wake();
    await all.turn();
    expect(heard.filter((reply) => reply.startsWith('result'))).toEqual([]);
    expect(first.worker.owned()).toBe(0);
  });

  it('takes nothing away from its successor', async () => {
    const all = office();
    const first = await all.hire('w1');
    const { session, channel } = await all.start();
    await all.hire('w2');
    first.bus.freeze();
    await all.send('channel.request.activate', channel);
    for (let n = 0; n < 4; n += 1) {
      const asked = all.clock.now();
      await all.send('channel.request.ready', channel);
      expect(all.clock.now()).toBe(asked);
    }
    expect(count(all.types(session), 'OwnershipClaimed')).toBe(2);
  });
});

describe('a worker that is told to stop', () => {
  it('takes nothing over that it would only hand on', async () => {
    const all = office();
    const first = await all.hire('w1');
    await all.start();
    const second = await all.hire('w2');
    const waits = all.prepare({ processor: 'none' }, '1002');
    await all.turn();
    const stopping = second.worker.stop();
    first.bus.sever();
    await first.worker.stop();
    await all.pass(2_500);
    expect(second.counts.get('claims')).toBeUndefined();
    await all.settle(Promise.all([stopping, waits]));
    const third = await all.hire('w3');
    await all.pass(2_500);
    expect(third.worker.owned()).toBe(1);
  });
});

describe('what an owner has decided when it is told to stop', () => {
  it('leaves before anybody finds the session without owner', async () => {
    const all = office();
    const first = await all.hire('w1');
    const { session, channel } = await all.start();
    const second = await all.hire('w2');
    const before = all.adapter.heard.length;
    first.answerMs = 100;
    const name = 'channel.request.activate';
    const body = JSON.stringify({ command: name, requestId: 'last', target: channel, data: {} });
    all.desk.ask(subjects.command('demo', { session, channel: 'none' }, name), body, {
      headers: { [HEADERS.actor]: 'agent:1001', [HEADERS.binding]: 'b1' },
      onReply: () => undefined,
      onNoResponders: () => undefined,
    });
    await all.turn();
    const stopping = first.worker.stop();
    await all.turn();
    expect((await all.send('renewBinding', session)) as unknown).toMatchObject({ bound: true });
    await all.settle(stopping);
    await all.pass(1_000);
    expect(all.adapter.heard[before]).toBe(name);
    expect([first.worker.owned(), second.worker.owned()]).toEqual([0, 1]);
    expect(all.stream(session).filter(({ type }) => type === 'CommandCompleted')).toHaveLength(2);
  });

  it('holds nobody up: a session that is never at rest is handed on, too', async () => {
    const all = office();
    const first = await all.hire('w1');
    const { session } = await all.start();
    const second = await all.hire('w2');
    first.answerMs = 100;
    const bind = (n: number): unknown =>
      all.send('bindSession', session, { client: 'tab' }, { binding: `n${n}` });
    let n = 0;
    const goOn = (): void => {
      if (first.worker.owned() === 0) return;
      bind((n += 1));
      all.clock.after(50, goOn);
    };
    goOn();
    await all.settle(first.worker.stop());
    await all.pass(1_000);
    expect([first.worker.owned(), second.worker.owned()]).toEqual([0, 1]);
  });
});

describe('a cached state', () => {
  it('is made as the session goes on, and is what its next owner begins with', async () => {
    const all = office();
    const first = await all.hire('w1');
    const { session } = await all.start();
    await live(all, session);
    await all.pass(1_000);
    expect(first.counts.get('snapshots_taken')).toBe(1);
    const second = await all.hire('w2');
    first.bus.sever();
    const renewed = await all.send('renewBinding', session, {}, { binding: 'n39' });
    expect(renewed as unknown).toMatchObject({ bound: true });
    expect(second.counts.get('snapshots_used')).toBe(1);
  });

  it('is made when a worker stops, and its sessions are taken over at once', async () => {
    const all = office();
    const first = await all.hire('w1');
    const { channel } = await all.start();
    const second = await all.hire('w2');
    const asked = all.clock.now();
    await all.settle(first.worker.stop());
    await all.turn();
    expect(all.clock.now() - asked).toBeLessThan(1_000);
    expect([first.worker.owned(), second.worker.owned()]).toEqual([0, 1]);
    expect([first.counts.get('snapshots_taken'), second.counts.get('snapshots_used')]).toEqual([1, 1]);
    expect((await all.send('channel.request.activate', channel)).result).toBe('success');
  });

  it('that is no good is dropped, and everything is folded', async () => {
    const all = office();
    const first = await all.hire('w1');
    const { session, channel } = await all.start();
    const second = await all.hire('w2');
    for (const [id, snapshot] of all.log.snapshots) {
      all.log.snapshots.set(id, { ...snapshot, body: Buffer.alloc(40) });
    }
    await all.settle(first.worker.stop());
    await all.turn();
    const snapshot = all.log.snapshots.get(session);
    if (snapshot === undefined) throw new Error('none was made');
    all.log.snapshots.set(session, { ...snapshot, body: Buffer.alloc(snapshot.body.length, 1) });
    const third = await all.hire('w3');
    second.bus.sever();
    expect((await all.send('channel.request.activate', channel)).result).toBe('success');
    expect(third.counts.get('snapshots_dropped')).toBe(1);
  });
});

describe('a session in which nobody is', () => {
  it('is put away, and is there again for whoever speaks to it', async () => {
    const all = office();
    const place = await all.hire('w1', { passivateMs: 60_000 });
    const { session, channel } = await all.start();
    await gone(all, channel, session);
    await all.pass(50_000);
    expect(place.worker.owned()).toBe(1);
    await all.pass(20_000);
    expect([place.worker.owned(), place.counts.get('sessions_passivated')]).toEqual([0, 1]);
    await all.adapter.report('channel.activated', channel);
    expect(place.worker.owned()).toBe(1);
    expect(place.counts.get('snapshots_used')).toBe(1);
    const bound = await all.send('bindSession', session, { client: 'tab' }, { binding: 'b2' });
    expect(bound.result).toBe('success');
  });
});

describe('a worker that cannot use its log', () => {
  it('gives its sessions up, has others asked, and takes them again when it can', async () => {
    const all = office();
    const first = await all.hire('w1');
    const { session, channel } = await all.start();
    const second = await all.hire('w2');
    first.down = true;
    const answer = await all.send('channel.request.activate', channel);
    expect(['success', 'failure']).toContain(answer.result);
    await all.pass(4_000);
    expect(first.counts.get('log_outages')).toBe(1);
    expect((await all.send('renewBinding', session)) as unknown).toMatchObject({ bound: true });
    expect([first.worker.owned(), second.worker.owned()]).toEqual([0, 1]);
    first.down = false;
    await all.pass(4_000);
    expect(second.worker.owned()).toBe(1);
    expect(count(all.types(session), 'OwnershipClaimed')).toBe(2);
  });

  it('says so at once when nobody else can either, and goes on by itself', async () => {
    const all = office();
    const places = [await all.hire('w1'), await all.hire('w2')];
    const { session, channel } = await all.start();
    for (const place of places) place.down = true;
    await all.send('channel.request.activate', channel);
    await all.pass(4_000);
    const asked = all.clock.now();
    expect((await all.send('channel.request.activate', channel)).failure?.code).toBe('SERVICE_UNAVAILABLE');
    expect((await all.prepare({}, '1002')).failure?.code).toBe('SERVICE_UNAVAILABLE');
    expect(all.clock.now()).toBe(asked);
    expect(count(all.types(session), 'OwnershipClaimed')).toBe(1);
    for (const place of places) place.down = false;
    await all.pass(4_000);
    expect((await all.send('channel.request.activate', channel)).result).toBe('success');
  });

  it('notices so by writes that hang', async () => {
    const all = office();
    const place = await all.hire('w1');
    const { channel } = await all.start();
    place.appendMs = 20_000;
    void all.send('channel.request.activate', channel);
    await all.pass(4_000);
    expect([place.worker.owned(), place.counts.get('log_outages')]).toEqual([0, 1]);
  });
});

describe('too much work', () => {
  it('is refused before it is begun; what the switch says waits at its adapter', async () => {
    const all = office();
    const place = await all.hire('w1');
    const { session, channel } = await all.start();
    place.pressure = 0.6;
    const before = all.stream(session).length;
    expect((await all.send('channel.request.ready', channel)).failure?.code).toBe('SERVICE_UNAVAILABLE');
    const told = all.adapter.report('channel.activated', channel);
    await all.turn();
    expect(all.stream(session)).toHaveLength(before);
    expect([place.counts.get('commands_shed'), place.counts.get('switch_events_shed')]).toEqual([1, 1]);
    place.pressure = 0;
    await all.settle(told);
    expect(all.stream(session).length).toBeGreaterThan(before);
  });
});

describe('a session of a newer release', () => {
  it('is left to the workers that read it', async () => {
    const all = office();
    const first = await all.hire('w1');
    const { channel } = await all.start();
    const old = await all.hire('w2', { reads: 0 });
    const fresh = await all.hire('w3');
    first.bus.sever();
    expect((await all.send('channel.request.activate', channel)).result).toBe('success');
    await all.pass(4_000);
    expect([old.worker.owned(), fresh.worker.owned()]).toEqual([0, 1]);
  });
});

describe('a session that is prepared', () => {
  it('is there when the answer of the log was lost', async () => {
    const all = office();
    const place = await all.hire('w1');
    place.failing = { error: { kind: 'unknown', reason: 'connection lost' }, late: true };
    const prepared = await all.prepare();
    expect(prepared.result).toBe('success');
    expect(place.worker.owned()).toBe(1);
    expect((await all.prepare()).result).toBe('confirm');
  });

  it('is in doubt when the log has no answer, and is asked for again', async () => {
    const all = office();
    const place = await all.hire('w1');
    place.failing = { error: { kind: 'unknown', reason: 'connection lost' } };
    expect((await all.prepare()).failure).toMatchObject({
      code: 'SERVICE_UNAVAILABLE',
      message: expect.stringContaining('not known') as string,
    });
    expect((await all.prepare()).result).toBe('success');
  });
});
