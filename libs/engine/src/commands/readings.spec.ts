import { EMPTY_HOUSE } from '@cordboard/domain';
import { type JsonObject } from '@cordboard/kernel';
import { count, office } from '@cordboard/testing';

const BOOK = { name: 'Team', groups: [], entries: [] };
const OFFERS = {
  'addressbook-supported': true,
  'scripts-supported': true,
  'outboundskills-supported': true,
  'dial-extensions-supported': true,
};

/** An office whose switch offers the extension family. */
const atWork = async () => {
  const all = office();
  all.adapter.script('cti.query.capabilities', OFFERS);
  all.adapter.script('session.query.addressbook', { addressbooks: [BOOK] });
  all.adapter.script('channel.query.scripts', { scripts: [{ id: '1', name: 'Welcome' }] });
  const place = await all.hire('w1');
  return { ...all, place, ...(await all.start()) };
};

const SCRIPTS = { scripts: [{ scriptId: '1', scriptName: 'Welcome' }] };
const ADDRESS_BOOK = 'session.incontact.addressbook.updated';

describe('what an agent reads', () => {
  it('is answered, not kept, and read anew when it is asked for again', async () => {
    const { send, channel, session, adapter, stream } = await atWork();
    const ask = () => send('channel.request.incontact.getscripts', channel, {}, { requestId: 'same' });
    expect((await ask()).data).toEqual(SCRIPTS);
    expect((await ask()).data).toEqual(SCRIPTS);
    expect(count(adapter.heard, 'channel.query.scripts')).toBe(2);
    expect(JSON.stringify(stream(session).map(({ data }) => data))).not.toContain('Welcome');
  });

  it('is read anew by the next owner too', async () => {
    const { send, channel, hire, place, adapter, turn } = await atWork();
    const ask = () => send('channel.request.incontact.getscripts', channel, {}, { requestId: 'same' });
    await ask();
    await hire('w2');
    await place.worker.stop();
    await place.bus.drain();
    await turn();
    expect((await ask()).data).toEqual(SCRIPTS);
    expect(count(adapter.heard, 'channel.query.scripts')).toBe(2);
  });

  it('asks for a skill first where the switch wants one', async () => {
    const { send, channel, adapter } = await atWork();
    await send('channel.request.activate', channel);
    await adapter.report('channel.activated', channel);
    adapter.script('channel.query.outboundskills', { skills: [{ id: '7', name: 'Sales' }] });
    const answer = await send('channel.request.dial', channel, { destination: '+12025550105' });
    expect(answer).toMatchObject({
      result: 'needinfo',
      uiExtension: { id: 'inContact.outboundskill', skills: [{ id: '7', skillName: 'Sales' }] },
      original: { command: 'channel.request.dial', data: { destination: '+12025550105' } },
    });
    expect(answer).not.toHaveProperty('data');
    expect(adapter.heard).not.toContain('channel.request.dial');
  });
});

describe('a change of the address book', () => {
  it('is told at the last sequence and stands nowhere', async () => {
    const { send, session, adapter, stream, events, turn } = await atWork();
    const asked = await send('session.request.incontact.addressbook', session, { realtime: true });
    expect(asked.data).toEqual({ addressbooks: [BOOK] });
    const before = stream(session).length;
    const last = events.at(-1)?.sequence;
    expect(await adapter.report('session.addressbook', session, { addressbooks: [BOOK] })).toBe(
      '{"ok":true}',
    );
    await turn();
    expect(stream(session)).toHaveLength(before);
    expect(events.at(-1)).toMatchObject({
      name: ADDRESS_BOOK,
      sequence: last,
      previous: last,
      data: { addressbooks: [BOOK] },
    });
    await send('session.request.incontact.addressbook.stop', session);
    await adapter.report('session.addressbook', session, { addressbooks: [BOOK] });
    await turn();
    expect(events.filter(({ name }) => name === ADDRESS_BOOK)).toHaveLength(1);
  });
});

describe('a change of the address book beside what is stored', () => {
  const following = async () => {
    const all = await atWork();
    await all.send('session.request.incontact.addressbook', all.session, { realtime: true });
    const told = () => all.events.filter(({ name }) => name === ADDRESS_BOOK);
    const report = () => all.adapter.report('session.addressbook', all.session, { addressbooks: [BOOK] });
    return { ...all, told, report };
  };

  it('comes behind what was decided before it, at the sequence of that', async () => {
    const { adapter, channel, place, report, events, told, settle } = await following();
    place.appendMs = 50;
    const stored = adapter.report('channel.unavailable', channel);
    await settle(Promise.all([stored, report()]));
    expect(told()).toHaveLength(1);
    expect(events.at(-1)?.name).toBe(ADDRESS_BOOK);
    expect(events.at(-1)?.sequence).toBe(events.at(-2)?.sequence);
  });

  it('is not told when that could not be stored, but by the next owner', async () => {
    const { adapter, channel, place, report, events, told, settle } = await following();
    place.appendMs = 50;
    place.failing = { error: { kind: 'unknown', reason: 'connection lost' } };
    const stored = adapter.report('channel.unavailable', channel);
    await settle(Promise.all([stored, report()]));
    expect(told()).toHaveLength(1);
    expect(told()[0]?.sequence).toBe(events.filter(({ name }) => name !== ADDRESS_BOOK).at(-1)?.sequence);
  });

  it('reaches a desktop that bound again, and goes on under the next owner', async () => {
    const { send, session, hire, place, report, told, turn, settle } = await following();
    await send('bindSession', session, { client: 'other', takeover: true }, { binding: 'b2' });
    await settle(report());
    await hire('w2');
    place.bus.sever();
    expect(await settle(report())).toBe('{"ok":true}');
    await turn();
    expect(told()).toHaveLength(2);
  });
});

describe('the house of a tenant', () => {
  it('knows the models that a session may be prepared with', async () => {
    const { hire, prepare, adapter } = office();
    const models = { big: { group: 'BIG', chat: true, email: false, callback: false } };
    await hire('w1', { house: (tenant) => (tenant === 'demo' ? { ...EMPTY_HOUSE, models } : undefined) });
    const refused = await prepare({ model: 'constructor' });
    expect(refused.failure).toMatchObject({
      code: 'INVALID_DATA',
      message: expect.stringContaining('big') as string,
    });
    expect(adapter.heard).not.toContain('cti.query.validateagent');
    expect((await prepare({ model: 'big' })).result).toBe('success');
  });

  it('says that there are none where none are configured', async () => {
    const { hire, prepare } = office();
    await hire('w1');
    expect((await prepare({ model: 'big' })).failure?.message).toContain('none is configured');
  });
});

describe('while debugging', () => {
  const debugging = async (debugContext: boolean) => {
    const all = office();
    await all.hire('w1', { debugContext });
    const { session, channel } = await all.start();
    await all.send('channel.request.activate', channel);
    await all.adapter.report('channel.activated', channel);
    await all.adapter.report('channel.interaction', channel, { nativeid: 'call' });
    await all.turn();
    const failed = await all.send('channel.request.activate', channel);
    return { ...all, session, failed };
  };
  const contexts = (events: readonly JsonObject[]) => events.map(({ context }) => context);

  it('events and failures say where they come from, and nothing of a person', async () => {
    const { events, failed, session } = await debugging(true);
    expect(contexts(events)).not.toContain(undefined);
    expect(events.find(({ name }) => name === 'conversation.initialized')?.context).toMatchObject({
      conversation: {
        interaction: { channel: { name: '1001', channelgroup: { name: 'Team', session: { id: session } } } },
      },
    });
    expect(failed.failure?.context).toMatch(
      new RegExp(`^session ${session}, phase STARTED, epoch 1, sequence \\d+$`),
    );
    const told = JSON.stringify([contexts(events), failed.failure?.context]);
    expect(told).not.toMatch(/2025550123|Example Caller/);
    expect(JSON.stringify(events)).toMatch(/2025550123/);
  });

  it('a fault of ours says where it is', async () => {
    const { hire, start, send } = office();
    const place = await hire('w1', { debugContext: true });
    const { channel } = await start();
    place.raising = 'digest';
    const failed = await send('channel.request.activate', channel);
    expect(failed.failure?.context).toMatch(/^session .*\nError: a mistake\n {4}at /);
  });

  it('is over, neither is there', async () => {
    const { events, failed } = await debugging(false);
    expect(events.some((event) => 'context' in event)).toBe(false);
    expect(failed.failure).not.toHaveProperty('context');
  });
});
