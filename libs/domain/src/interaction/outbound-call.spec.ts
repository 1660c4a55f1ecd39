import {
  inWords,
  OUTBOUND_CALL,
  type SessionScenario,
  sessionScenario,
  shown,
} from '@cordboard/testing/scenario';
import { type SwitchFact } from '../switch-fact.ts';

const PAIR = ['ChannelInfoChanged ACTIVE ready', 'ChannelStateUpdated ACTIVE'];
const SET_UP = [
  'InteractionCreated outbound',
  'InteractionStateUpdated DIALING',
  'ConversationCreated primary',
  'ConversationStateUpdated DIALING',
  'ConversationMemberAdded 5550199',
  'ConversationInitialized',
  'InteractionDataChanged',
  'InteractionPreviewed',
  'InteractionInitialized',
];
const ENDED = ['ConversationDisposed', 'InteractionEnded', 'InteractionStateUpdated ENDED'];

const started = (): SessionScenario => {
  const s = sessionScenario(OUTBOUND_CALL);
  s.start();
  return s;
};
const dial = (s: SessionScenario) => s.send({ type: 'Dial', target: s.channel(), destination: '5550199' });
const dialling = (): SessionScenario => {
  const s = started();
  dial(s);
  s.answerAll();
  s.offer();
  return s;
};
const leg = (s: SessionScenario, fact: Omit<SwitchFact, 'target'>) =>
  s.fact({ ...fact, target: s.conversation() } as SwitchFact);

describe('an outbound call', () => {
  it('is dialled, shows up after the pair of its channel, and is announced (D.6)', () => {
    const s = started();
    const sent = dial(s);
    expect(sent.ok && sent.value.map(inWords)).toEqual(['CommandAccepted', '> Dial']);
    expect(s.reply('Dial').map(inWords)).toEqual(['<', 'CommandCompleted success']);
    expect(shown(s.offer())).toEqual([...PAIR, ...SET_UP]);
  });

  it('has its pair once, also when the switch said meanwhile that the agent is busy (T-23)', () => {
    const s = started();
    dial(s);
    s.answerAll();
    const told = [
      ...shown(s.fact({ type: 'AgentReady', target: s.channel(), busy: true })),
      ...shown(s.offer()),
    ];
    expect(told).toEqual(['ChannelInfoChanged ACTIVE busy_ready', 'ChannelStateUpdated ACTIVE', ...SET_UP]);
  });

  it('has its pair also when it was dialled on the phone (D.8), and after an earlier call', () => {
    const s = dialling();
    s.fact({ type: 'AgentReady', target: s.channel(), busy: true });
    s.world({ interaction: { j: { state: 'DIALING', data: {}, primary: 'w', consult: null } } });
    expect(shown(s.offer('j')).slice(0, 3)).toEqual([
      'ChannelInfoChanged ACTIVE busy_ready',
      'ChannelStateUpdated ACTIVE',
      'InteractionCreated outbound',
    ]);
  });

  it('is outbound as well when the other side was quicker than the reading', () => {
    const s = started();
    s.world({
      interaction: { i: { state: 'STARTED', data: {}, primary: 'v', consult: null } },
      conversation: { v: { state: 'TALKING', members: [] } },
    });
    dial(s);
    s.answerAll();
    expect(shown(s.offer()).slice(0, 4)).toEqual([
      ...PAIR,
      'InteractionCreated outbound',
      'InteractionStateUpdated STARTED',
    ]);
  });

  it('fails with nothing created when the switch refuses to dial', () => {
    const s = started();
    dial(s);
    expect(s.refuse('Dial', 'No line.').map(inWords)).toEqual(['< refused', 'CommandCompleted CTI_ERROR']);
    expect(s.state().channels).toMatchObject([{ dialling: null }]);
    expect(s.state().interactions).toEqual([]);
  });

  it('starts when the far end answers', () => {
    const s = dialling();
    expect(leg(s, { type: 'ConversationDialing' })).toEqual([]);
    expect(leg(s, { type: 'ConversationStarted' }).map(inWords)).toEqual(['ConversationStarted']);
    expect(leg(s, { type: 'ConversationStarted' })).toEqual([]);
    expect(shown(leg(s, { type: 'ConversationTalking' }))).toEqual([
      'ConversationStateUpdated TALKING',
      'InteractionScreenPopped',
      'InteractionStateUpdated STARTED',
    ]);
  });

  it.each([
    [{ type: 'ConversationBusy' }, ['ConversationBusy']],
    [{ type: 'ConversationFailed', reason: 'invalid number' }, ['ConversationFailed invalid number']],
    [{ type: 'ConversationEnded' }, []],
  ] as const)('ends with %j and waits for the agent to complete it', (fact, first) => {
    const s = dialling();
    expect([...shown(leg(s, fact)), ...shown(s.answerAll())]).toEqual([
      ...first,
      'ConversationStateUpdated RELEASED',
      ...ENDED,
    ]);
    expect(s.state().interactions).toMatchObject([{ state: 'ENDED', stage: 'LIVE' }]);
    s.send({ type: 'CompleteInteraction', target: s.interaction() });
    expect(shown(s.answerAll())).toEqual([
      'InteractionCompleted',
      'InteractionStateUpdated COMPLETED',
      'InteractionDisposed',
    ]);
  });

  it('is cancelled by the agent through a reject (F-25)', () => {
    const s = dialling();
    const sent = s.send({ type: 'ReleaseConversation', target: s.conversation() });
    expect(sent.ok && sent.value.map(inWords)).toEqual(['CommandAccepted', '> RejectInteraction']);
    s.answerAll();
    expect([...shown(leg(s, { type: 'ConversationEnded' })), ...shown(s.answerAll())]).toEqual([
      'ConversationStateUpdated RELEASED',
      ...ENDED,
    ]);
  });

  it('lets calls under a running channel come in side by side', () => {
    const s = started();
    s.fact({ type: 'InteractionOffered', target: s.channel(), nativeId: 'i' });
    s.fact({ type: 'InteractionOffered', target: s.channel(), nativeId: 'j' });
    expect(s.asked()).toEqual(['RegisterInteraction', 'RegisterInteraction']);
  });
});
