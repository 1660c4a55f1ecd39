import { count, office } from '@cordboard/testing';

describe('a session worker', () => {
  it('prepares, binds and starts a session', async () => {
    const { hire, start, names, adapter, stream } = office();
    const { worker } = await hire('w1');
    const { session } = await start();
    expect(names()).toEqual([
      'channelgroup.created',
      'state.updated',
      'channel.created',
      'state.updated',
      'channel.initialized',
      'channelgroup.initialized',
      'session.initialized',
    ]);
    expect(adapter.heard).toContain('cti.query.validateagent');
    expect(worker.owned()).toBe(1);
    expect(stream(session).map(({ seq }) => seq)).toEqual(stream(session).map((_, index) => index + 1));
    expect(JSON.stringify(stream(session))).not.toContain('"demo"password');
  });

  it('asks before a second session, and ends the first when told to', async () => {
    const { hire, start, prepare, types } = office();
    await hire('w1');
    const { session } = await start();
    expect(await prepare()).toMatchObject({ result: 'confirm', data: { session: { id: session } } });
    expect(await prepare({ override: true })).toMatchObject({ result: 'success' });
    expect(types(session).at(-1)).toBe('SessionClosed');
  });

  it('refuses credentials that the switch refuses, and says why', async () => {
    const { hire, prepare, adapter } = office();
    await hire('w1');
    adapter.script('cti.query.validateagent', { refuse: 'Wrong password.' });
    expect(await prepare()).toMatchObject({ failure: { code: 'CTI_ERROR', message: 'Wrong password.' } });
  });

  it('waits for the word of an adapter when it has just started', async () => {
    const { hire, prepare, adapter, turn } = office();
    await hire('w1');
    adapter.status('STOPPED');
    await turn();
    const prepared = prepare();
    await turn();
    adapter.status();
    expect(await prepared).toMatchObject({ result: 'success' });
  });

  it('prepares nothing while no adapter takes sessions', async () => {
    const { hire, prepare, adapter, turn, clock } = office();
    await hire('w1');
    adapter.status('STOPPED');
    await turn();
    expect(await prepare()).toMatchObject({ failure: { code: 'CTI_ERROR' } });
    adapter.status();
    await turn();
    adapter.leave();
    clock.advance(3_000);
    expect(await prepare()).toMatchObject({ failure: { code: 'CTI_ERROR' } });
  });
});

describe('switch events', () => {
  it('are recorded once, and answered only then', async () => {
    const { hire, start, adapter, types, settle } = office();
    await hire('w1');
    const { session, channel } = await start();
    expect(await settle(adapter.report('channel.activated', channel))).toBe('{"ok":true}');
    const after = types(session).length;
    expect(await settle(adapter.report('channel.activated', channel, {}, 1))).toBe('{"ok":true}');
    expect(types(session)).toHaveLength(after);
    expect(count(types(session), 'ChannelInfoChanged')).toBe(1);
  });

  it('that cannot be read are dropped and said so', async () => {
    const { hire, start, adapter, settle } = office();
    const { counts } = await hire('w1');
    const { channel } = await start();
    const dropped = '{"ok":false,"code":"MALFORMED"}';
    expect(await settle(adapter.report('channel.interaction', channel, { nativeid: 7 }))).toBe(dropped);
    expect(await settle(adapter.report('channel.unheardof', channel))).toBe(dropped);
    expect(counts.get('switch_events_malformed')).toBe(2);
  });

  it('reach the next owner when the first is gone', async () => {
    const { hire, start, adapter, settle, names } = office();
    const first = await hire('w1');
    const { channel } = await start();
    await hire('w2');
    first.bus.sever();
    expect(await settle(adapter.report('channel.activated', channel))).toBe('{"ok":true}');
    expect(names().slice(-3)).toEqual(['channel.infochanged', 'state.updated', 'state.updated']);
  });

  it('that raise in our own rules are dropped and said so; those behind them go on', async () => {
    const { hire, start, adapter, settle, names } = office();
    const place = await hire('w1');
    const { channel } = await start();
    place.raising = 'record';
    const first = settle(adapter.report('channel.activated', channel));
    expect(await first).toBe('{"ok":false,"code":"MALFORMED"}');
    expect(await settle(adapter.report('channel.activated', channel))).toBe('{"ok":true}');
    expect(names().at(-1)).toBe('state.updated');
    expect(place.counts.get('switch_events_malformed')).toBe(1);
  });
});
