import { type JsonObject } from '@cordboard/kernel';
import { count, officeInCall } from '@cordboard/testing';

type Call = Awaited<ReturnType<typeof officeInCall>>;

/** What the switch says of the call, as the session knows it; `given` is different. */
const standing = ({ adapter }: Call, given: Readonly<Record<string, JsonObject>> = {}): void => {
  const readings: Readonly<Record<string, JsonObject>> = {
    'channel.query.init': { 'channel-state': 'ACTIVE', interactions: [{ id: 'call' }] },
    'interaction.query.init': {
      'interaction-state': 'STARTED',
      'interaction-data': { ANI: '+12025550123' },
      conversations: { primary: { id: 'leg' } },
    },
    'conversation.query.init': {
      'conversation-state': 'TALKING',
      parties: [{ number: '+12025550123', name: 'Example Caller' }],
    },
    ...given,
  };
  for (const [name, reading] of Object.entries(readings)) adapter.script(name, reading);
};

/** Types recorded after the first `from`. */
const since = ({ types, session }: Call, from: number): readonly string[] => types(session).slice(from);

const reconciled = ({ stream, session }: Call): readonly JsonObject[] =>
  stream(session)
    .filter(({ type }) => type === 'Reconciled')
    .map(({ data }) => data);

const READ_AGAIN = [
  'cti.request.createsession',
  'session.query.init',
  'session.request.addchannelgroup',
  'channelgroup.query.init',
  'channelgroup.request.addchannel',
  'channel.query.init',
  'channel.request.createinteraction',
  'interaction.query.init',
  'interaction.request.createconversation',
  'conversation.query.init',
];

describe('an adapter that restarts in the middle of a call', () => {
  it('logs the agent in again and registers and reads everything, in order (bridge D.15)', async () => {
    const call = await officeInCall();
    standing(call);
    const [from, heard, told] = [
      call.types(call.session).length,
      call.adapter.heard.length,
      call.events.length,
    ];
    call.adapter.restart();
    await call.pass(1_000);
    expect(call.adapter.heard.slice(heard).filter((name) => name !== 'cti.query.capabilities')).toEqual(
      READ_AGAIN,
    );
    expect(since(call, from)).toEqual([
      'AdapterLost',
      'AdapterAssigned',
      'ReconcileBegan',
      'SwitchRequested',
      'SwitchAnswered',
      'ReconcileEnded',
    ]);
    expect(call.events.slice(told)).toEqual([]);
    expect(call.place.logged).toContainEqual([
      'session read again',
      { session: call.session, cause: 'adapter-restarted', outcome: 'done' },
    ]);
  });

  it('leaves the call usable, and its next events count from one', async () => {
    const call = await officeInCall();
    standing(call);
    call.adapter.restart();
    await call.pass(1_000);
    expect((await call.send('conversation.request.hold', call.conversation)).result).toBe('success');
    expect(await call.settle(call.adapter.report('conversation.held', call.conversation))).toBe(
      '{"ok":true}',
    );
    expect(call.events.at(-1)).toMatchObject({ name: 'state.updated', target: call.conversation });
    expect(call.place.counts.get('switch_events_lost')).toBeUndefined();
  });

  it('is told to the agent as ordinary events where something is different', async () => {
    const call = await officeInCall();
    standing(call, { 'conversation.query.init': { 'conversation-state': 'HELD', parties: [] } });
    const told = call.events.length;
    call.adapter.restart();
    await call.pass(1_000);
    expect(reconciled(call)).toMatchObject([
      { cause: 'adapter-restarted', before: { state: 'TALKING' }, after: { state: 'HELD' } },
    ]);
    expect(call.events.slice(told).map(({ name }) => name)).toContain('state.updated');
  });

  it('ends a call that is over meanwhile; no zombie stays', async () => {
    const call = await officeInCall();
    standing(call, { 'channel.query.init': { 'channel-state': 'ACTIVE', interactions: [] } });
    const told = call.events.length;
    call.adapter.restart();
    await call.pass(1_000);
    expect(reconciled(call)[0]).toMatchObject({ cause: 'adapter-restarted', after: null });
    expect(call.events.slice(told).map(({ name }) => name)).toEqual(
      expect.arrayContaining(['conversation.disposed', 'interaction.ended', 'interaction.disposed']),
    );
    const failed = await call.send('conversation.request.hold', call.conversation);
    expect(failed.failure?.code).toBe('UNKNOWN_TARGET');
  });

  it('fails what was under way; what it did is read again', async () => {
    const call = await officeInCall();
    standing(call);
    call.adapter.script('conversation.request.hold', 'silent');
    const asked = call.send('conversation.request.hold', call.conversation);
    await call.turn();
    call.adapter.restart();
    expect((await asked).failure?.code).toBe('CTI_ERROR');
    expect(count(call.types(call.session), 'ReconcileEnded')).toBe(1);
    expect(count(call.adapter.heard, 'conversation.request.hold')).toBe(1);
  });

  it('is compared by the next owner, when the former one dies too', async () => {
    const call = await officeInCall();
    standing(call);
    const second = await call.hire('w2');
    call.place.bus.sever();
    call.adapter.restart();
    await call.place.worker.stop();
    await call.pass(5_000);
    expect(second.worker.owned()).toBe(1);
    expect(count(call.types(call.session), 'ReconcileEnded')).toBe(1);
    expect((await call.send('conversation.request.hold', call.conversation)).result).toBe('success');
  });

  it('is logged in anew by the next owner, who asks what became of nothing that it has not asked yet', async () => {
    const call = await officeInCall();
    standing(call);
    const second = await call.hire('w2');
    call.adapter.onProbe('never-seen');
    const from = call.adapter.heard.length;
    call.place.bus.sever();
    call.adapter.restart();
    await call.place.worker.stop();
    await call.pass(5_000);
    expect(second.worker.owned()).toBe(1);
    const heard = call.adapter.heard.slice(from);
    expect(heard.filter((name) => name.startsWith('cti.request.createsession'))).toEqual([
      'cti.request.createsession',
    ]);
    expect(count(call.types(call.session), 'ReconcileEnded')).toBe(1);
  });

  it('is not asked for what its predecessor was to do', async () => {
    const call = await officeInCall();
    standing(call);
    call.place.appendMs = 400;
    const asked = call.send('conversation.request.hold', call.conversation);
    await call.turn();
    call.adapter.restart();
    expect((await asked).failure?.code).toBe('CTI_ERROR');
    await call.pass(10_000);
    expect(call.types(call.session).at(-1)).toBe('ReconcileEnded');
    expect(count(call.adapter.heard, 'conversation.request.hold')).toBe(0);
  });

  it('is not waited for with what it was asked before', async () => {
    const call = await officeInCall();
    standing(call);
    const open = new Set<string>();
    const { ask } = call.place.bus;
    Object.assign(call.place.bus, {
      ask: (...[subject, body, handlers]: Parameters<typeof ask>) => {
        const end = ask(subject, body, handlers);
        open.add(body);
        return () => {
          open.delete(body);
          end();
        };
      },
    });
    call.adapter.script('channel.request.createinteraction', 'silent');
    await call.tell('channel.interaction', call.channel, { nativeid: 'other' });
    expect(open.size).toBe(1);
    call.adapter.script('channel.request.createinteraction', {});
    call.adapter.restart();
    await call.pass(1_000);
    expect(call.types(call.session).at(-1)).toBe('ReconcileEnded');
    expect([...open]).toEqual([]);
  });

  it('is read to the end by the next owner, when the former one dies while it reads', async () => {
    const call = await officeInCall();
    standing(call);
    const second = await call.hire('w2');
    call.adapter.script('conversation.query.init', 'silent');
    call.adapter.restart();
    await call.pass(1_000);
    expect(call.types(call.session).at(-1)).toBe('SwitchAnswered');
    standing(call);
    call.place.bus.sever();
    await call.place.worker.stop();
    await call.pass(5_000);
    expect(second.worker.owned()).toBe(1);
    expect(call.types(call.session).slice(-2)).toEqual(['OwnershipClaimed', 'ReconcileEnded']);
    expect(count(call.adapter.heard, 'cti.request.createsession')).toBe(2);
  });

  it('is noticed by what it answers, too', async () => {
    const call = await officeInCall();
    standing(call);
    call.adapter.forget();
    const failed = await call.send('conversation.request.hold', call.conversation);
    expect(failed.failure?.code).toBe('CTI_ERROR');
    await call.pass(1_000);
    expect(call.types(call.session).at(-1)).toBe('ReconcileEnded');
    expect((await call.send('conversation.request.hold', call.conversation)).result).toBe('success');
  });
});

describe('a log-in that fails', () => {
  it('ends the session when it is refused three times', async () => {
    const call = await officeInCall();
    call.adapter.script('cti.request.createsession', { refuse: 'Unknown agent.' });
    call.adapter.restart();
    await call.pass(10_000);
    expect(count(call.adapter.heard, 'cti.request.createsession')).toBe(4);
    expect(call.types(call.session).at(-1)).toBe('SessionClosed');
    expect(call.place.worker.owned()).toBe(0);
    expect(call.place.peaks.get('reconciliations_under_way')).toBe(1);
  });

  it('is tried again when it could not be read', async () => {
    const call = await officeInCall();
    standing(call);
    call.adapter.script('session.query.init', { 'channel-groups': 'none' });
    call.adapter.restart();
    await call.pass(2_500);
    expect(count(call.types(call.session), 'ReconcileEnded')).toBe(2);
    expect(call.place.counts.get('switch_answers_malformed')).toBe(2);
    call.adapter.script('session.query.init', { 'channel-groups': [{ id: 'team', name: 'Team' }] });
    await call.pass(5_000);
    expect(call.types(call.session).at(-1)).toBe('ReconcileEnded');
    expect((await call.send('conversation.request.hold', call.conversation)).result).toBe('success');
  });
});

describe('an object that cannot be read', () => {
  it.each([
    ['is hung', 'silent' as const, 31_000],
    ['answers something else', { 'conversation-state': 7 }, 1_000],
  ])('because the adapter %s stays as it is', async (_, script, ms) => {
    const call = await officeInCall();
    standing(call);
    call.adapter.script('conversation.query.init', script);
    call.adapter.restart();
    await call.pass(ms);
    expect(call.types(call.session).at(-1)).toBe('ReconcileEnded');
    expect(reconciled(call)).toEqual([]);
  });
});
