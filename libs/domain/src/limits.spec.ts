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
