import { count, office } from '@cordboard/testing';

const CTI_ERROR = { failure: { code: 'CTI_ERROR' } };

/** An office with one worker and a started session whose channel is active. */
const atWork = async (options: Parameters<ReturnType<typeof office>['hire']>[1] = {}) => {
  const all = office();
  all.adapter.script('channel.query.init', { 'channel-state': 'ACTIVE', interactions: [] });
  const place = await all.hire('w1', options);
  const { session, channel } = await all.start();
  const losses = () =>
    all.stream(session).flatMap(({ type, data }) => (type === 'AdapterLost' ? [data['reason']] : []));
  const causes = () =>
    all.stream(session).flatMap(({ type, data }) => (type === 'ReconcileBegan' ? [data['cause']] : []));
  const ready = (requestId?: string) =>
    all.send('channel.request.ready', channel, {}, requestId === undefined ? {} : { requestId });
  return { ...all, place, session, channel, losses, causes, ready };
};

describe('an adapter that is away for a while', () => {
  it('is lost after three seconds of silence, and read again when it is back', async () => {
    const { adapter, pass, losses, causes, ready, types, session } = await atWork();
    adapter.leave();
    await pass(2_500);
    expect(losses()).toEqual([]);
    await pass(1_500);
    expect(losses()).toEqual(['silent']);
    expect(await ready()).toMatchObject(CTI_ERROR);
    adapter.comeBack();
    await pass(500);
    expect(causes()).toEqual(['connection-restored']);
    expect(types(session).at(-1)).toBe('ReconcileEnded');
    expect((await ready()).result).toBe('success');
  });

  it('is not lost while it answers, though nobody hears it', async () => {
    const { adapter, pass, losses } = await atWork();
    adapter.fallSilent();
    await pass(10_000);
    expect(losses()).toEqual([]);
  });

  it('is lost when it is hung', async () => {
    const { adapter, pass, losses } = await atWork();
    adapter.fallSilent();
    adapter.script('cti.request.status', 'silent');
    await pass(5_000);
    expect(losses()).toEqual(['silent']);
  });

  it('is lost while it is not started, is asked nothing, and is read again when it is', async () => {
    const { adapter, pass, turn, losses, causes, ready, types, session } = await atWork();
    adapter.status('STOPPED');
    await turn();
    expect(losses()).toEqual(['stopped']);
    const heard = adapter.heard.length;
    expect(await ready()).toMatchObject(CTI_ERROR);
    await pass(10_000);
    expect(adapter.heard).toHaveLength(heard);
    adapter.status('STARTED');
    await turn();
    expect(causes()).toEqual(['switch-link-restored']);
    expect(types(session).at(-1)).toBe('ReconcileEnded');
  });

  it('is asked nothing by a command that was on its way', async () => {
    const { adapter, place, ready, losses } = await atWork();
    place.appendMs = 200;
    const asked = ready();
    adapter.status('STOPPED');
    expect(await asked).toMatchObject(CTI_ERROR);
    expect(adapter.heard).not.toContain('channel.request.ready');
    expect(losses()).toEqual(['stopped']);
  });

  it('is lost again while it is read, and read from the beginning', async () => {
    const { adapter, pass, turn, losses, causes, types, session } = await atWork();
    adapter.script('session.query.init', 'silent');
    adapter.restart();
    await pass(1_000);
    adapter.status('STOPPED');
    await turn();
    adapter.script('session.query.init', { 'channel-groups': [{ id: 'team', name: 'Team' }] });
    adapter.status('STARTED');
    await pass(500);
    expect(losses()).toEqual(['restarted', 'stopped']);
    expect(causes()).toEqual(['adapter-restarted', 'switch-link-restored']);
    expect(count(types(session), 'ReconcileEnded')).toBe(1);
  });

  it('is missed by a worker that has taken over and hears nothing of it', async () => {
    const { adapter, hire, place, pass, losses } = await atWork();
    adapter.leave();
    place.bus.sever();
    await place.worker.stop();
    const second = await hire('w2');
    adapter.leave();
    await pass(20_000);
    expect(second.worker.owned()).toBe(1);
    expect(losses()).toEqual(['silent']);
  });
});

describe('an adapter that stays away', () => {
  it('gives its sessions to another instance of the switch after five seconds', async () => {
    const { adapter, recruit, pass, stream, session, causes, types, ready } = await atWork();
    const other = recruit({ instance: 'sim-2' });
    other.script('channel.query.init', { 'channel-state': 'ACTIVE', interactions: [] });
    other.status();
    await pass(500);
    adapter.leave();
    await pass(6_500);
    expect(causes()).toEqual([]);
    await pass(3_000);
    expect(causes()).toEqual(['adapter-moved']);
    expect(types(session).at(-1)).toBe('ReconcileEnded');
    const assigned = stream(session).filter(({ type }) => type === 'AdapterAssigned');
    expect(assigned.map(({ data }) => data['instance'])).toEqual(['sim-1', 'sim-2']);
    expect((await ready()).result).toBe('success');
    expect(other.heard).toContain('channel.request.ready');
  });

  it('is not heard any more when it is back after that', async () => {
    const { adapter, recruit, pass, settle, channel, place, events } = await atWork();
    const other = recruit({ instance: 'sim-2' });
    other.script('channel.query.init', { 'channel-state': 'ACTIVE', interactions: [] });
    other.status();
    adapter.leave();
    await pass(10_000);
    adapter.comeBack();
    await pass(1_000);
    const told = events.length;
    expect(await settle(adapter.report('channel.deactivated', channel))).toBe('{"ok":true}');
    expect(place.counts.get('switch_events_late')).toBe(1);
    expect(events).toHaveLength(told);
  });
});

describe('an incarnation that was followed by another', () => {
  it('is not listened to any more', async () => {
    const { adapter, recruit, pass, losses } = await atWork();
    const former = recruit({ instance: 'sim-1' });
    former.leave();
    adapter.restart();
    await pass(500);
    former.status('STOPPED');
    await pass(2_000);
    expect(losses()).toEqual(['restarted']);
  });
});

describe('events that were lost', () => {
  it('leave a gap in the numbers; the next one is taken and the session is read again', async () => {
    const { adapter, settle, turn, channel, place, losses, causes, types, session } = await atWork();
    await settle(adapter.report('channel.unavailable', channel));
    expect(losses()).toEqual([]);
    expect(await settle(adapter.report('channel.available', channel, {}, 5))).toBe('{"ok":true}');
    await turn();
    expect(place.counts.get('switch_events_lost')).toBe(3);
    expect([losses(), causes()]).toEqual([['events-lost'], ['events-lost']]);
    expect(count(types(session), 'ReconcileEnded')).toBe(1);
  });

  it('are not suspected by a new owner, who cannot know the last number', async () => {
    const { adapter, hire, settle, channel, place, losses } = await atWork();
    await hire('w2');
    place.bus.sever();
    expect(await settle(adapter.report('channel.unavailable', channel, {}, 7))).toBe('{"ok":true}');
    expect(losses()).toEqual([]);
    await settle(adapter.report('channel.available', channel, {}, 9));
    expect(losses()).toEqual(['events-lost']);
  });

  it('while nobody owned the session are told to the new owner by the adapter', async () => {
    const { adapter, hire, settle, channel, place, losses } = await atWork();
    const second = await hire('w2');
    place.bus.sever();
    const told = adapter.report('channel.unavailable', channel, {}, 1_001, 1_000);
    expect(await settle(told)).toBe('{"ok":true}');
    expect(losses()).toEqual(['events-lost']);
    expect(second.counts.get('switch_events_lost')).toBe(1_000);
  });

  it('are not those of an adapter that floods: what has no room is said again', async () => {
    const { adapter, settle, channel, place, losses } = await atWork();
    place.appendMs = 50;
    const flood = Array.from({ length: 1_100 }, (_, index) =>
      adapter.report(index % 2 === 0 ? 'channel.unavailable' : 'channel.available', channel),
    );
    expect(new Set(await settle(Promise.all(flood)))).toEqual(new Set(['{"ok":true}']));
    expect(place.counts.get('switch_events_refused')).toBeGreaterThanOrEqual(100);
    expect(losses()).toEqual([]);
  });

  it('are not those about what is not there, which are counted and dropped', async () => {
    const { adapter, settle, channel, place, types, session } = await atWork();
    const before = types(session).length;
    expect(await settle(adapter.report('interaction.ended', `${channel}.nobody`))).toBe('{"ok":true}');
    expect(place.counts.get('switch_events_unknown')).toBe(1);
    expect(types(session)).toHaveLength(before);
  });
});
