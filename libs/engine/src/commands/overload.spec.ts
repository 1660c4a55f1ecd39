import { office } from '@cordboard/testing';

const OVERLOADED = {
  failure: { code: 'SERVICE_UNAVAILABLE', message: expect.stringContaining('overloaded') as string },
};

const DONE = { result: 'success' };

const open = async () => {
  const all = office();
  const place = await all.hire('w1');
  const mine = await all.start();
  const other = await all.start({}, { agent: '1002' });
  return { ...all, place, mine, other };
};

describe('too much that waits for the log', () => {
  it('refuses commands and log-ins before they are begun, until there is room again', async () => {
    const { place, mine, send, prepare, stream, adapter } = await open();
    place.pressure = 0.6;
    const before = [stream(mine.session).length, adapter.heard.length];
    expect(await send('channel.request.activate', mine.channel)).toMatchObject(OVERLOADED);
    expect(await prepare({}, '1003')).toMatchObject(OVERLOADED);
    expect([stream(mine.session).length, adapter.heard.length]).toEqual(before);
    expect(place.counts.get('commands_shed')).toBe(2);
    place.pressure = 0.5;
    expect(await send('channel.request.activate', mine.channel)).toMatchObject(DONE);
  });

  it('still answers what was done already', async () => {
    const { place, mine, send } = await open();
    const first = await send('channel.request.activate', mine.channel, {}, { requestId: 'same' });
    place.pressure = 1;
    expect(await send('channel.request.activate', mine.channel, {}, { requestId: 'same' })).toEqual(first);
  });

  it('leaves what the switch says unanswered, so that it is said again', async () => {
    const { place, mine, adapter, stream, settle } = await open();
    place.pressure = 0.6;
    const before = stream(mine.session).length;
    const said = adapter.report('channel.activated', mine.channel);
    const heard = settle(said);
    for (let n = 0; n < 4; n += 1) await new Promise(setImmediate);
    expect(stream(mine.session)).toHaveLength(before);
    place.pressure = 0;
    await heard;
    expect(stream(mine.session).length).toBeGreaterThan(before);
    expect(place.counts.get('switch_events_shed')).toBeGreaterThan(0);
  });
});

describe('one write that fails', () => {
  it.each([
    ['because the queue is full', { kind: 'overloaded' } as const, 'overloaded'],
    ['because a row is poisoned', { kind: 'refused', reason: 'no such text' } as const, 'not carried out'],
  ])(
    '%s fails one command: not its neighbours, nor the next one of its session',
    async (_why, error, words) => {
      const { place, mine, other, send } = await open();
      const as = { actor: 'agent:1002' };
      place.failing = { error };
      const [failed, beside] = await Promise.all([
        send('channel.request.activate', mine.channel),
        send('channel.request.activate', other.channel, {}, as),
      ]);
      expect(failed.failure).toMatchObject({
        code: 'SERVICE_UNAVAILABLE',
        message: expect.stringContaining(words) as string,
      });
      expect(beside).toMatchObject(DONE);
      expect(await send('channel.request.activate', mine.channel)).toMatchObject(DONE);
    },
  );
});
