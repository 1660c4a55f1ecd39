import { type JsonObject } from '@cordboard/kernel';
import { count, office } from '@cordboard/testing';

const EVERY_MS = 60_000;

/** An office whose worker compares, and a way to let so much time pass that each session has had its turn. */
const atWork = async (reconcileMs = EVERY_MS) => {
  const all = office();
  all.adapter.script('channel.query.init', { 'channel-state': 'ACTIVE', interactions: [] });
  const place = await all.hire('w1', { reconcileMs });
  const { session, channel } = await all.start();
  const from = all.adapter.heard.length;
  const asked = () => all.adapter.heard.slice(from);
  const reconciled = (): readonly JsonObject[] =>
    all.stream(session).flatMap(({ type, data }) => (type === 'Reconciled' ? [data] : []));
  const round = () => all.pass(reconcileMs + 2_000);
  return { ...all, place, session, channel, asked, reconciled, round };
};

const DEACTIVATED = { 'channel-state': 'INACTIVE', interactions: [] };

describe('a session that is compared with its switch on a timer', () => {
  it('leaves nothing where nothing differs: it is read, not registered', async () => {
    const { round, asked, types, session } = await atWork();
    const before = types(session).length;
    await round();
    expect(new Set(asked())).toEqual(new Set(['channelgroup.query.init', 'channel.query.init']));
    expect(types(session).slice(before)).not.toContain('ReconcileBegan');
    expect(types(session).filter((type) => type === 'Reconciled')).toEqual([]);
  });

  it('leaves what differs, and tells the agent as ever', async () => {
    const { round, adapter, reconciled, events, channel, place } = await atWork();
    adapter.script('channel.query.init', DEACTIVATED);
    const told = events.length;
    await round();
    expect(reconciled()).toEqual([
      { cause: 'timer', before: { state: 'ACTIVE' }, after: { state: 'INACTIVE' } },
    ]);
    expect(events.slice(told, told + 2)).toMatchObject([
      { name: 'channel.infochanged', target: channel },
      { name: 'state.updated', target: channel },
    ]);
    expect(place.logged).toContainEqual(['the switch differed from a session', expect.anything()]);
    await round();
    expect(reconciled()).toHaveLength(1);
  });

  it('brings in a call that nobody told of', async () => {
    const { round, adapter, names } = await atWork();
    adapter.script('channel.query.init', { 'channel-state': 'ACTIVE', interactions: [{ id: 'call' }] });
    await round();
    expect(names()).toEqual(expect.arrayContaining(['interaction.created', 'interaction.initialized']));
  });

  it('is thrown away when something was recorded meanwhile', async () => {
    const { pass, adapter, channel, settle, reconciled, place } = await atWork();
    adapter.script('channelgroup.query.init', 'silent');
    adapter.script('channel.query.init', DEACTIVATED);
    for (let n = 0; n < 200 && !adapter.heard.slice(-1).includes('channelgroup.query.init'); n += 1) {
      await pass(500);
    }
    await settle(adapter.report('channel.deactivated', channel));
    await pass(35_000);
    expect(reconciled()).toEqual([]);
    expect(place.counts.get('surveys')).toBeGreaterThanOrEqual(1);
  });

  it('is put off while something is under way', async () => {
    const { round, send, adapter, channel, asked, turn } = await atWork(5_000);
    adapter.script('channel.request.ready', 'silent');
    const pending = send('channel.request.ready', channel);
    await turn();
    const before = count(asked(), 'channel.query.init');
    await round();
    expect(count(asked(), 'channel.query.init')).toBe(before);
    await pending;
  });

  it('is read again when the adapter has forgotten it', async () => {
    const { round, adapter, types, session, reconciled } = await atWork();
    adapter.forget();
    await round();
    expect(types(session)).toEqual(
      expect.arrayContaining(['AdapterLost', 'ReconcileBegan', 'ReconcileEnded']),
    );
    expect(reconciled()).toEqual([]);
  });

  it('is registered anew where the adapter names what it was never told of', async () => {
    const { pass, adapter, types, session, reconciled, asked } = await atWork();
    adapter.script('channel.query.init', { refuse: 'unknown target' });
    adapter.script('cti.request.createsession', 'late');
    for (let n = 0; n < 700 && !types(session).includes('AdapterLost'); n += 1) await pass(100);
    expect(types(session)).toContain('AdapterLost');
    adapter.script('channel.query.init', { 'channel-state': 'ACTIVE', interactions: [] });
    await pass(1_000);
    expect(types(session)).toContain('ReconcileEnded');
    expect(asked()).toContain('channelgroup.request.addchannel');
    expect(reconciled()).toEqual([]);
  });

  it('is not asked about where comparing is switched off', async () => {
    const { pass, asked } = await atWork(0);
    await pass(200_000);
    expect(asked()).toEqual([]);
  });
});

describe('many sessions', () => {
  it('are compared at different times, never more than sixteen at once', async () => {
    const { adapter, start, pass, asked, clock } = await atWork(10_000);
    for (let n = 0; n < 40; n += 1) await start({}, { agent: `a${n}` });
    adapter.script('channelgroup.query.init', 'silent');
    const before = count(asked(), 'channelgroup.query.init');
    const from = clock.now();
    await pass(20_000);
    expect(clock.now() - from).toBe(20_000);
    expect(count(asked(), 'channelgroup.query.init') - before).toBeLessThanOrEqual(16);
  });
});

describe('a worker that stops', () => {
  it('leaves no timer behind', async () => {
    const { place, adapter, clock, pass, round } = await atWork(5_000);
    adapter.script('channel.query.init', 'silent');
    await round();
    adapter.script('session.query.init', 'silent');
    adapter.restart();
    await pass(1_000);
    await place.worker.stop();
    adapter.leave();
    expect(clock.waiting()).toBe(0);
  });
});
