import { inWords, runningCall, type SessionScenario, shown } from '@cordboard/testing/scenario';

type LegFact = 'ConversationEnded' | 'ConversationHeld' | 'ConversationTalking';

const leg = (s: SessionScenario, index: number, type: LegFact) =>
  s.fact({ type, target: s.conversation(index) });

const ends = (s: SessionScenario, index = 0): readonly string[] =>
  shown([...leg(s, index, 'ConversationEnded'), ...s.answerAll()]);

const transfer = (s: SessionScenario, index = 0): void => {
  s.send({ type: 'BlindTransfer', target: s.conversation(index), destination: '3000' });
  expect(s.reply('BlindTransfer').map(inWords)).toEqual(['<', 'CommandCompleted success']);
};

describe('a blind transfer (D.13)', () => {
  it('takes the agent off the call, and the focus off everything', () => {
    const s = runningCall();
    transfer(s);
    expect(ends(s)).toEqual([
      'ConversationStateUpdated RELEASED',
      'ConversationDisposed',
      'InteractionFocusChanged null',
      'InteractionEnded',
      'InteractionStateUpdated ENDED',
    ]);
  });

  it.each([
    ['on', 'HELD', 'TALKING'],
    ['back', 'TALKING', 'HELD'],
  ] as const)('leaves the other leg, to which the focus goes or stays: %s', (_, primary, consult) => {
    for (const index of [0, 1]) {
      const s = runningCall(primary, consult);
      const other = s.conversation(1 - index).conversation;
      transfer(s, index);
      expect(ends(s, index)).toEqual([
        'ConversationStateUpdated RELEASED',
        'ConversationDisposed',
        'InteractionFocusChanged',
        'InteractionStateUpdated STARTED',
      ]);
      expect(s.state().interactions).toMatchObject([{ state: 'STARTED', focus: other }]);
    }
  });

  it('that fails changes nothing by itself; the next event of the switch tells', () => {
    const s = runningCall();
    transfer(s);
    leg(s, 0, 'ConversationHeld');
    const failed = s.fact({ type: 'TransferFailed', target: s.conversation(), reason: 'nobody there' });
    expect(shown(failed)).toEqual(['ConversationTransferFailed nobody there']);
    expect(shown(leg(s, 0, 'ConversationTalking'))).toEqual(['ConversationStateUpdated TALKING']);
    expect(ends(s)).not.toContain('InteractionFocusChanged null');
  });

  it('that is refused is none', () => {
    const s = runningCall();
    s.send({ type: 'BlindTransfer', target: s.conversation(), destination: '3000' });
    s.refuse('BlindTransfer');
    expect(ends(s)).not.toContain('InteractionFocusChanged null');
  });
});

const joins = (s: SessionScenario, number: string): readonly string[] =>
  shown(s.fact({ type: 'PartyAdded', target: s.conversation(), number }));

const conference = (s: SessionScenario): void => {
  s.send({ type: 'BlindConference', target: s.conversation(), destination: '3000' });
  s.reply('BlindConference');
};

describe('a blind conference (D.14)', () => {
  it('tells of the interaction, then of the party that joins', () => {
    const s = runningCall();
    conference(s);
    expect(joins(s, '5550100')).toEqual([]);
    expect(joins(s, '3000')).toEqual(['InteractionStateUpdated STARTED', 'ConversationMemberAdded 3000']);
    expect(joins(s, '3001')).toEqual(['ConversationMemberAdded 3001']);
  });

  it('that fails or is refused changes nothing', () => {
    const s = runningCall();
    conference(s);
    const failed = s.fact({ type: 'ConferenceFailed', target: s.conversation(), reason: 'busy' });
    expect(shown(failed)).toEqual(['ConversationConferenceFailed busy']);
    expect(joins(s, '3000')).toEqual(['ConversationMemberAdded 3000']);
    s.send({ type: 'BlindConference', target: s.conversation(), destination: '3001' });
    expect(shown(s.refuse('BlindConference'))).toEqual([]);
    expect(joins(s, '3001')).toEqual(['ConversationMemberAdded 3001']);
  });

  it('loses one party when the agent asks for it, and the agent alone when they leave', () => {
    const s = runningCall();
    conference(s);
    joins(s, '3000');
    s.send({ type: 'RemoveParty', target: s.conversation(), number: '3000' });
    expect(s.state().requests).toMatchObject([{ request: { type: 'RemoveParty', number: '3000' } }]);
    expect(s.reply('RemoveParty').map(inWords)).toEqual(['<', 'CommandCompleted success']);
    const left = s.fact({ type: 'PartyRemoved', target: s.conversation(), number: '3000' });
    expect(shown(left)).toEqual(['ConversationMemberRemoved 3000']);
    s.send({ type: 'ReleaseConversation', target: s.conversation() });
    s.answerAll();
    expect(ends(s)).toEqual([
      'ConversationStateUpdated RELEASED',
      'ConversationDisposed',
      'InteractionEnded',
      'InteractionStateUpdated ENDED',
    ]);
  });

  it('passes on what the switch says of a number that nobody has', () => {
    const s = runningCall();
    s.send({ type: 'RemoveParty', target: s.conversation(), number: '3999' });
    expect(s.refuse('RemoveParty', 'no such party').map(inWords)).toEqual([
      '< refused',
      'CommandCompleted CTI_ERROR',
    ]);
  });
});

describe('a call that the agent listens to only', () => {
  it('is muted and unmuted by the answers of the switch alone', () => {
    const s = runningCall();
    s.send({ type: 'MuteConversation', target: s.conversation() });
    expect(shown(s.answerAll())).toEqual([]);
    const muted = s.fact({ type: 'ConversationMuted', target: s.conversation() });
    expect(shown(muted)).toEqual(['ConversationStateUpdated MUTE']);
    s.send({ type: 'UnmuteConversation', target: s.conversation() });
    s.answerAll();
    expect(shown(leg(s, 0, 'ConversationTalking'))).toEqual(['ConversationStateUpdated TALKING']);
  });

  it('takes tones, and no event follows', () => {
    const s = runningCall('MUTE');
    s.send({ type: 'SendDtmf', target: s.conversation(), digits: '0*#9' });
    expect(s.state().requests).toMatchObject([{ request: { type: 'SendDtmf', digits: '0*#9' } }]);
    expect(s.answerAll().map(inWords)).toEqual(['<', 'CommandCompleted success']);
  });
});
