import { INBOUND_CALL, ONE_CHANNEL, sessionScenario } from '@cordboard/testing/scenario';
import { LIMITS } from './limits.ts';

const many = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => `n${String(index)}`);
const natives = (count: number) => many(count).map((nativeId) => ({ nativeId }));

describe('the limits of a session', () => {
  it('ignores parties beyond those that it keeps', () => {
    const s = sessionScenario({
      ...INBOUND_CALL,
      conversation: { v: { state: 'TALKING', members: many(300).map((number) => ({ number })) } },
    });
    s.start();
    s.offer();
    expect(s.state().conversations).toMatchObject([{ members: { length: LIMITS.members } }]);
    expect(s.fact({ type: 'PartyAdded', target: s.conversation(), number: '1' })).toEqual([]);
    s.fact({ type: 'PartyRemoved', target: s.conversation(), number: 'n0' });
    expect(s.fact({ type: 'PartyAdded', target: s.conversation(), number: '1' })).toHaveLength(1);
  });

  it('ignores interactions beyond those that it keeps on one channel', () => {
    const s = sessionScenario();
    s.start();
    const offer = (nativeId: string) => s.fact({ type: 'InteractionOffered', target: s.channel(), nativeId });
    many(LIMITS.children).forEach(offer);
    expect(s.state().interactions).toHaveLength(LIMITS.children);
    expect(offer('one-more')).toEqual([]);
  });

  it('ignores what readings name beyond that', () => {
    const s = sessionScenario({
      groups: natives(300),
      channels: { n0: natives(300).map((one) => ({ ...one, channelType: 'CHAT' })) },
    });
    s.prepare();
    s.bind();
    s.send({ type: 'StartSession', target: s.target });
    s.reply('CreateSession');
    s.reply('ReadSession');
    expect(s.state().plannedGroups).toHaveLength(LIMITS.children - 1);
    s.reply('RegisterChannelGroup');
    s.reply('ReadChannelGroup');
    expect(s.state().groups).toMatchObject([{ planned: { length: LIMITS.children - 1 } }]);
    const t = sessionScenario({
      ...ONE_CHANNEL,
      channel: { 1001: { state: 'ACTIVE', agent: null, interactions: natives(300) } },
    });
    t.prepare();
    t.bind();
    t.send({ type: 'StartSession', target: t.target });
    while (!t.asked().includes('RegisterInteraction')) t.reply(t.state().requests[0]?.request.type ?? 'Dial');
    expect(t.state().channels).toMatchObject([{ planned: { length: LIMITS.children - 1 } }]);
  });
});

describe('the attached data of an interaction', () => {
  const talking = () => {
    const s = sessionScenario(INBOUND_CALL);
    s.start();
    s.offer();
    return s;
  };
  const value = (of: string) => Object.fromEntries(many(128).map((key) => [key, of.repeat(400)]));
  const NO_ROOM = {
    ok: false,
    error: { code: 'INVALID_DATA', message: expect.stringContaining('no room') as string },
  };
  const set = (of: string, key = 'own') => ({ type: 'SetInteractionData' as const, key, value: value(of) });

  it('ignores what finds no room, and takes it when there is room again', () => {
    const s = talking();
    const change = (changes: Record<string, Record<string, string> | string | null>) =>
      s.fact({ type: 'InteractionDataChanged', target: s.interaction(), changes });
    expect(change({ first: value('a'), second: value('b'), third: value('c') })).toMatchObject([
      { data: { changed: ['first', 'second'] } },
    ]);
    expect(change({ first: value('ä'), third: value('c') })).toEqual([]);
    expect(change({ first: null, third: value('c'), second: 'short' })).toMatchObject([
      { data: { changed: ['first', 'third', 'second'] } },
    ]);
  });

  it('has at most so many keys, those of prototypes among them', () => {
    const s = talking();
    const changes = JSON.parse('{"__proto__":"1","constructor":{"toString":"2"}}') as Record<string, string>;
    s.fact({ type: 'InteractionDataChanged', target: s.interaction(), changes });
    const entries = many(LIMITS.dataKeys).map((key) => [key, 'x'] as const);
    s.fact({
      type: 'InteractionDataChanged',
      target: s.interaction(),
      changes: Object.fromEntries(entries),
    });
    const data = (s.state().interactions[0] as { readonly data: object }).data;
    expect(Object.keys(data)).toHaveLength(LIMITS.dataKeys);
    expect(JSON.stringify(data)).toContain('"__proto__":"1","constructor":{"toString":"2"}');
    expect(s.send({ ...set('x'), target: s.interaction() })).toMatchObject(NO_ROOM);
    expect(s.send({ ...set('x', 'n1'), target: s.interaction() })).toMatchObject({ ok: true });
  });

  it('is refused to an agent when there is no room for it', () => {
    const s = talking();
    const changes = { first: value('a'), second: value('b') };
    s.fact({ type: 'InteractionDataChanged', target: s.interaction(), changes });
    expect(s.send({ ...set('x'), target: s.interaction() })).toMatchObject(NO_ROOM);
    expect(s.send({ ...set('x', 'first'), target: s.interaction() })).toMatchObject({ ok: true });
  });
});
