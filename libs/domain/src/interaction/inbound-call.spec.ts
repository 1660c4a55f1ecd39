import {
  inWords,
  INBOUND_CALL,
  type SessionScenario,
  sessionScenario,
  shown,
} from '@cordboard/testing/scenario';
import { type SwitchFact } from '../switch-fact.ts';

const SET_UP = [
  'InteractionCreated inbound',
  'InteractionStateUpdated ALERTING',
  'ConversationCreated primary',
  'ConversationStateUpdated RINGING',
  'ConversationMemberAdded 5550100',
  'ConversationInitialized',
  'InteractionDataChanged',
  'InteractionPreviewed',
  'InteractionInitialized',
];
const OVER = [
  'ConversationStateUpdated RELEASED',
  'ConversationDisposed',
  'InteractionEnded',
  'InteractionStateUpdated ENDED',
];
const COMPLETED = ['InteractionCompleted', 'InteractionStateUpdated COMPLETED', 'InteractionDisposed'];

type LegFact = Extract<SwitchFact, { type: `Conversation${string}` }>['type'];

const ringing = (): SessionScenario => {
  const s = sessionScenario(INBOUND_CALL);
  s.start();
  s.offer();
  return s;
};

const leg = (s: SessionScenario, type: LegFact) => s.fact({ type, target: s.conversation(), reason: 'no' });

const talking = (): SessionScenario => {
  const s = ringing();
  s.send({ type: 'AnswerConversation', target: s.conversation() });
  s.answerAll();
  leg(s, 'ConversationTalking');
  return s;
};

describe('an inbound call', () => {
  it('is announced in the order of the bridge (D.5)', () => {
    const s = sessionScenario(INBOUND_CALL);
    s.start();
    const offered = s.offer();
    expect(shown(offered)).toEqual(SET_UP);
    expect(offered.map(inWords).filter((word) => word.startsWith('>'))).toEqual([
      '> RegisterInteraction',
      '> ReadInteraction',
      '> RegisterConversation',
      '> ReadConversation',
    ]);
  });

  it('comes after the pair of a channel that became busy before it', () => {
    const s = sessionScenario(INBOUND_CALL);
    s.start();
    s.fact({ type: 'InteractionOffered', target: s.channel(), nativeId: 'i' });
    const told = [
      ...shown(s.fact({ type: 'AgentReady', target: s.channel(), busy: true })),
      ...shown(s.answerAll()),
    ];
    expect(told).toEqual(['ChannelInfoChanged ACTIVE busy_ready', 'ChannelStateUpdated ACTIVE', ...SET_UP]);
  });

  it('is offered once, however often the switch says so (A.6)', () => {
    const s = ringing();
    expect(s.fact({ type: 'InteractionOffered', target: s.channel(), nativeId: 'i' })).toEqual([]);
  });

  it('changes nothing when the switch repeats what is known', () => {
    const s = ringing();
    expect(leg(s, 'ConversationRinging')).toEqual([]);
  });

  it.each(['AnswerConversation', 'AcceptInteraction'] as const)('is taken by %s (T-13)', (type) => {
    const s = ringing();
    const target = type === 'AnswerConversation' ? s.conversation() : s.interaction();
    const sent = s.send({ type, target });
    expect(sent.ok && sent.value.map(inWords)).toEqual(['CommandAccepted', '> AcceptInteraction']);
    expect(s.answerAll().map(inWords)).toEqual(['<', 'CommandCompleted success']);
    expect(shown(leg(s, 'ConversationStarted'))).toEqual([]);
    expect(shown(leg(s, 'ConversationTalking'))).toEqual([
      'ConversationStateUpdated TALKING',
      'InteractionScreenPopped',
      'InteractionStateUpdated STARTED',
    ]);
  });

  it('is the agent’s with the first talking or held, whichever phone it was answered on', () => {
    const s = ringing();
    expect(shown(leg(s, 'ConversationHeld'))).toEqual([
      'ConversationStateUpdated HELD',
      'InteractionScreenPopped',
      'InteractionStateUpdated STARTED',
    ]);
    expect(shown(leg(s, 'ConversationTalking'))).toEqual(['ConversationStateUpdated TALKING']);
  });

  it('names a known party anew without telling, and a new one with (T-27)', () => {
    const s = talking();
    const party = (number: string, name: string) =>
      s.fact({ type: 'PartyAdded', target: s.conversation(), number, name });
    expect(party('5550100', 'Customer')).toEqual([]);
    expect(party('5550100', 'Jo').map(inWords)).toEqual(['ConversationMemberRenamed 5550100']);
    expect(shown(party('3000', 'Boss'))).toEqual(['ConversationMemberAdded 3000']);
    expect(shown(s.fact({ type: 'PartyRemoved', target: s.conversation(), number: '3000' }))).toEqual([
      'ConversationMemberRemoved 3000',
    ]);
    expect(s.fact({ type: 'PartyRemoved', target: s.conversation(), number: '3000' })).toEqual([]);
    expect(s.state().conversations).toMatchObject([{ members: [{ number: '5550100', name: 'Jo' }] }]);
  });

  it('is held and retrieved, and does nothing for what is so already', () => {
    const s = talking();
    const send = (type: 'HoldConversation' | 'RetrieveConversation') => {
      const sent = s.send({ type, target: s.conversation() });
      return sent.ok ? sent.value.map(inWords) : [];
    };
    expect(send('RetrieveConversation')).toEqual(['CommandAccepted', 'CommandCompleted success']);
    expect(send('HoldConversation')).toEqual(['CommandAccepted', '> HoldConversation']);
    s.answerAll();
    expect(shown(leg(s, 'ConversationHeld'))).toEqual(['ConversationStateUpdated HELD']);
    expect(send('HoldConversation')).toEqual(['CommandAccepted', 'CommandCompleted success']);
    expect(send('RetrieveConversation')).toEqual(['CommandAccepted', '> RetrieveConversation']);
    s.answerAll();
    expect(shown(leg(s, 'ConversationTalking'))).toEqual(['ConversationStateUpdated TALKING']);
    expect(shown(leg(s, 'ConversationMuted'))).toEqual(['ConversationStateUpdated MUTE']);
    expect(send('HoldConversation')).toEqual(['CommandAccepted', '> HoldConversation']);
  });

  it('ends when it is released, and waits for the agent to complete it', () => {
    const s = talking();
    const sent = s.send({ type: 'ReleaseConversation', target: s.conversation() });
    expect(sent.ok && sent.value.map(inWords)).toEqual(['CommandAccepted', '> ReleaseConversation']);
    s.answerAll();
    expect([...shown(leg(s, 'ConversationEnded')), ...shown(s.answerAll())]).toEqual(OVER);
    expect(s.answerAll()).toEqual([]);
    const completes = s.send({ type: 'CompleteInteraction', target: s.interaction() });
    expect(completes.ok && completes.value.map(inWords)).toEqual([
      'CommandAccepted',
      '> CompleteInteraction',
    ]);
    expect(s.reply('CompleteInteraction').map(inWords)).toEqual([
      '<',
      'CommandCompleted success',
      'InteractionCompleted',
      'InteractionStateUpdated COMPLETED',
      '> DisposeInteraction',
    ]);
    expect(shown(s.answerAll())).toEqual(['InteractionDisposed']);
    expect(s.state().interactions).toEqual([]);
  });

  it('ends when the other side hangs up, also when the switch does not answer the dispose', () => {
    const s = talking();
    expect(leg(s, 'ConversationEnded').map(inWords)).toEqual([
      'ConversationStateUpdated RELEASED',
      '> DisposeConversation',
    ]);
    expect(leg(s, 'ConversationTalking')).toEqual([]);
    expect(s.after(30_000).map(inWords)).toEqual([
      '< timeout',
      'ConversationDisposed',
      'InteractionEnded',
      'InteractionStateUpdated ENDED',
    ]);
  });

  it.each([
    ['RejectInteraction', 'interaction'],
    ['ReleaseConversation', 'conversation'],
  ] as const)('is refused by %s and completes itself (D.5, T-14)', (type, kind) => {
    const s = ringing();
    const target = kind === 'interaction' ? s.interaction() : s.conversation();
    const sent = s.send({ type, target });
    expect(sent.ok && sent.value.map(inWords)).toEqual(['CommandAccepted', '> RejectInteraction']);
    expect(s.answerAll().map(inWords)).toEqual(['<', 'CommandCompleted success']);
    expect([...shown(leg(s, 'ConversationEnded')), ...shown(s.answerAll())]).toEqual([...OVER, ...COMPLETED]);
  });

  it('completes itself when the caller gives up', () => {
    const s = ringing();
    expect([...shown(leg(s, 'ConversationEnded')), ...shown(s.answerAll())]).toEqual([...OVER, ...COMPLETED]);
    expect(s.state().interactions).toEqual([]);
  });

  it('fails the command alone when the switch says no', () => {
    const s = talking();
    const before = s.state();
    s.send({ type: 'HoldConversation', target: s.conversation() });
    expect(s.refuse('HoldConversation', 'Not now.').map(inWords)).toEqual([
      '< refused',
      'CommandCompleted CTI_ERROR',
    ]);
    expect(s.state()).toEqual(before);
  });

  it('may be completed by the switch at any time; what is left of it goes first', () => {
    const s = talking();
    expect(s.fact({ type: 'InteractionCompleted', target: s.interaction() }).map(inWords)).toEqual([
      'InteractionCompleted',
      'InteractionStateUpdated COMPLETED',
      'ConversationStateUpdated RELEASED',
      '> DisposeConversation',
    ]);
    expect(shown(s.answerAll())).toEqual(['ConversationDisposed', 'InteractionDisposed']);
  });

  it('takes explicit events of the interaction too, without a second effect (D.3)', () => {
    const s = ringing();
    expect(shown(s.fact({ type: 'InteractionStarted', target: s.interaction() }))).toEqual([
      'InteractionScreenPopped',
      'InteractionStateUpdated STARTED',
    ]);
    expect(shown(leg(s, 'ConversationTalking'))).toEqual(['ConversationStateUpdated TALKING']);
    expect(shown(s.fact({ type: 'InteractionAlerting', target: s.interaction() }))).toEqual([]);
    expect(shown(s.fact({ type: 'InteractionEnded', target: s.interaction() }))).toEqual([
      'InteractionEnded',
      'InteractionStateUpdated ENDED',
    ]);
    expect([...shown(leg(s, 'ConversationEnded')), ...shown(s.answerAll())]).toEqual([
      'ConversationStateUpdated RELEASED',
      'ConversationDisposed',
      // Only now it can be completed, so the agent has to hear of it (C row 16).
      'InteractionStateUpdated ENDED',
    ]);
  });

  it('was answered before it could be read: it is the agent’s as soon as it is announced', () => {
    const s = sessionScenario({
      ...INBOUND_CALL,
      conversation: { v: { state: 'TALKING', members: [{ number: '5550100' }] } },
    });
    s.start();
    expect(shown(s.offer()).slice(-3)).toEqual([
      'InteractionInitialized',
      'InteractionScreenPopped',
      'InteractionStateUpdated STARTED',
    ]);
  });

  it('was over before it could be read', () => {
    const s = sessionScenario({ ...INBOUND_CALL, conversation: { v: { state: 'RELEASED', members: [] } } });
    s.start();
    const told = shown(s.offer());
    expect(told.slice(told.indexOf('InteractionInitialized') + 1)).toEqual([...OVER.slice(1), ...COMPLETED]);
  });
});

describe('attached data', () => {
  it('is merged, and told when it changed', () => {
    const s = ringing();
    const change = (changes: Record<string, string | null | Record<string, string>>) =>
      s.fact({ type: 'InteractionDataChanged', target: s.interaction(), changes });
    expect(change({ vip: 'yes', ANI: '5550100', gone: null })).toMatchObject([
      { data: { interactionData: { ANI: '5550100', vip: 'yes' }, changed: ['vip'] } },
    ]);
    expect(change({ vip: 'yes' })).toEqual([]);
    expect(change({ vip: null, order: { number: '7' } })).toMatchObject([
      { data: { interactionData: { ANI: '5550100', order: { number: '7' } }, changed: ['vip', 'order'] } },
    ]);
    expect(change({ order: { number: '7' } })).toEqual([]);
  });

  it('has a limit of keys beyond which new ones are ignored', () => {
    const s = ringing();
    const many = Object.fromEntries(Array.from({ length: 600 }, (_, index) => [`k${String(index)}`, 'v']));
    s.fact({ type: 'InteractionDataChanged', target: s.interaction(), changes: many });
    expect(s.state().interactions).toMatchObject([
      { data: expect.not.objectContaining({ k599: 'v' }) as object },
    ]);
    expect(
      s.fact({ type: 'InteractionDataChanged', target: s.interaction(), changes: { k0: 'w' } }),
    ).toHaveLength(1);
  });
});
