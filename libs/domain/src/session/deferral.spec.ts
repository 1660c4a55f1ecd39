import { inWords, INBOUND_CALL, type SessionScenario, sessionScenario } from '@cordboard/testing/scenario';
import { type SwitchFact } from '../switch-fact.ts';
import { deferFact } from './deferral.ts';

/** A call whose leg is registered and not read yet. */
const onItsWayIn = (): SessionScenario => {
  const s = sessionScenario(INBOUND_CALL);
  s.start();
  s.fact({ type: 'InteractionOffered', target: s.channel(), nativeId: 'i' });
  s.reply('RegisterInteraction');
  s.reply('ReadInteraction');
  s.reply('RegisterConversation');
  return s;
};

const leg = (s: SessionScenario, fact: Omit<SwitchFact, 'target'>) =>
  s.fact({ ...fact, target: s.conversation() } as SwitchFact).map(inWords);

describe('facts about what is not announced yet (A7-2, A7-3)', () => {
  it('wait, and take effect in the order in which they came', () => {
    const s = onItsWayIn();
    const changes = { vip: 'yes' };
    expect(leg(s, { type: 'ConversationStarted' })).toEqual(['SwitchFactDeferred ConversationStarted']);
    expect(leg(s, { type: 'ConversationTalking' })).toEqual(['SwitchFactDeferred ConversationTalking']);
    expect(s.fact({ type: 'InteractionDataChanged', target: s.interaction(), changes }).map(inWords)).toEqual(
      ['SwitchFactDeferred InteractionDataChanged'],
    );
    expect(leg(s, { type: 'ConversationHeld' })).toEqual(['SwitchFactDeferred ConversationHeld']);
    const events = s.reply('ReadConversation').map(inWords);
    expect(events.slice(events.indexOf('InteractionInitialized') + 1)).toEqual([
      'ConversationStarted',
      'ConversationStateUpdated TALKING',
      'InteractionScreenPopped',
      'InteractionStateUpdated STARTED',
      'InteractionDataChanged',
      'ConversationStateUpdated HELD',
    ]);
    expect(s.state().deferred).toEqual([]);
  });

  it('may end a call as soon as it is announced', () => {
    const s = onItsWayIn();
    leg(s, { type: 'ConversationEnded' });
    leg(s, { type: 'ConversationTalking' });
    const events = s.reply('ReadConversation').map(inWords);
    expect(events.slice(events.indexOf('InteractionInitialized') + 1)).toEqual([
      'ConversationStateUpdated RELEASED',
      '> DisposeConversation',
    ]);
  });

  it('go with their object when that cannot be read', () => {
    const s = onItsWayIn();
    leg(s, { type: 'ConversationTalking' });
    s.refuse('ReadConversation');
    expect(s.state().deferred).toHaveLength(1);
    s.answerAll();
    expect(s.state().deferred).toEqual([]);
    expect(s.state().interactions).toMatchObject([{ state: 'ALERTING' }]);
  });

  it('are kept up to a thousand for one object; the oldest go first (A7-10)', () => {
    const s = onItsWayIn();
    s.fact({ type: 'InteractionDataChanged', target: s.interaction(), changes: { first: 'kept' } });
    const target = s.conversation();
    const numbers = Array.from({ length: 1_005 }, (_, index) => String(index));
    const state = numbers.reduce(
      (before, number) => deferFact(before, { type: 'PartyAdded', target, number }),
      s.state(),
    );
    expect(state.deferred).toHaveLength(1_001);
    expect(state.deferred[0]).toMatchObject({ type: 'InteractionDataChanged' });
    expect(state.deferred[1]).toMatchObject({ number: '5' });
  });

  it('wait for a channel as well', () => {
    const s = sessionScenario({
      ...INBOUND_CALL,
      channel: { 1001: { state: 'ACTIVE', agent: null, interactions: [{ nativeId: 'i' }] } },
    });
    s.prepare();
    s.bind();
    s.send({ type: 'StartSession', target: s.target });
    while (!s.asked().includes('ReadInteraction')) s.reply(s.state().requests[0]?.request.type ?? 'Dial');
    expect(s.fact({ type: 'AgentReady', target: s.channel(), busy: false }).map(inWords)).toEqual([
      'SwitchFactDeferred AgentReady',
    ]);
    const events = s.answerAll().map(inWords);
    expect(events.slice(events.indexOf('ChannelInitialized')).slice(0, 3)).toEqual([
      'ChannelInitialized',
      'ChannelInfoChanged ACTIVE ready',
      'ChannelStateUpdated ACTIVE',
    ]);
  });

  it('wait for the session itself', () => {
    const s = sessionScenario();
    s.prepare();
    s.bind();
    s.send({ type: 'StartSession', target: s.target });
    s.reply('CreateSession');
    expect(s.fact({ type: 'SessionEnded', target: s.target }).map(inWords)).toEqual([
      'SwitchFactDeferred SessionEnded',
    ]);
    expect(s.reply('ReadSession').map(inWords).at(-1)).toBe('SessionClosed ended-by-switch');
  });
});

describe('facts about nothing', () => {
  it('change nothing', () => {
    const s = sessionScenario();
    const nowhere = { ...s.target, channelgroup: 'g', channel: 'c' };
    s.prepare();
    expect(s.fact({ type: 'SessionEnded', target: s.target })).toEqual([]);
    s.bind();
    s.send({ type: 'StartSession', target: s.target });
    s.answerAll();
    expect(s.fact({ type: 'AgentReady', target: nowhere, busy: true })).toEqual([]);
    expect(s.fact({ type: 'SessionEnded', target: { session: 'another' } })).toEqual([]);
    expect(
      s.fact({ type: 'ConversationTalking', target: { ...nowhere, interaction: 'i', conversation: 'v' } }),
    ).toEqual([]);
  });
});
