import {
  inWords,
  ONE_CHANNEL,
  sessionScenario,
  shown,
  type SessionScenario,
} from '@cordboard/testing/scenario';
import { type ConversationState } from '../values.ts';

/** A call that was found with both its legs. */
const consulting = (primary: ConversationState, consult: ConversationState): SessionScenario => {
  const s = sessionScenario({
    ...ONE_CHANNEL,
    channel: { 1001: { state: 'ACTIVE', agent: null, interactions: [{ nativeId: 'i' }] } },
    interaction: { i: { state: 'STARTED', data: {}, primary: 'v1', consult: 'v2' } },
    conversation: { v1: { state: primary, members: [] }, v2: { state: consult, members: [] } },
  });
  s.start();
  return s;
};

describe('the focus of a call with two legs (D.3)', () => {
  it('follows the leg that talks', () => {
    const s = consulting('HELD', 'TALKING');
    expect(shown(s.fact({ type: 'ConversationHeld', target: s.conversation(1) }))).toEqual([
      'ConversationStateUpdated HELD',
    ]);
    expect(s.fact({ type: 'ConversationTalking', target: s.conversation(0) })).toMatchObject([
      { type: 'ConversationStateUpdated' },
      { type: 'InteractionFocusChanged', data: { conversation: { id: s.conversation(0).conversation } } },
    ]);
  });

  it('says when somebody is at the other end of the consult leg', () => {
    const s = consulting('HELD', 'DIALING');
    expect(shown(s.fact({ type: 'ConversationTalking', target: s.conversation(1) }))).toEqual([
      'ConversationStateUpdated TALKING',
      'InteractionStateUpdated STARTED',
    ]);
  });

  it('returns to the first leg when the second is gone (T-28)', () => {
    const s = consulting('HELD', 'DIALING');
    const told = [
      ...shown(s.fact({ type: 'ConversationBusy', target: s.conversation(1) })),
      ...shown(s.answerAll()),
    ];
    expect(told).toEqual([
      'ConversationBusy',
      'ConversationStateUpdated RELEASED',
      'ConversationDisposed',
      'InteractionFocusChanged',
      'InteractionStateUpdated STARTED',
    ]);
    expect(s.state().interactions).toMatchObject([
      { state: 'STARTED', focus: s.conversation(0).conversation },
    ]);
  });

  it('is told when the first leg goes, even if it was on the second already', () => {
    const s = consulting('HELD', 'TALKING');
    const told = [
      ...shown(s.fact({ type: 'ConversationEnded', target: s.conversation(0) })),
      ...shown(s.answerAll()),
    ];
    expect(told).toEqual([
      'ConversationStateUpdated RELEASED',
      'ConversationDisposed',
      'InteractionFocusChanged',
      'InteractionStateUpdated STARTED',
    ]);
  });

  it('does not move when the leg without it goes', () => {
    const s = consulting('TALKING', 'HELD');
    s.fact({ type: 'ConversationEnded', target: s.conversation(1) });
    expect(shown(s.answerAll())).toEqual(['ConversationDisposed', 'InteractionStateUpdated STARTED']);
  });

  it('ends the call with its last leg', () => {
    const s = consulting('HELD', 'TALKING');
    for (const index of [1, 0]) {
      s.fact({ type: 'ConversationEnded', target: s.conversation(index) });
    }
    expect(s.asked()).toEqual(['DisposeConversation', 'DisposeConversation']);
    const words = s.answerAll().map(inWords);
    expect(words.slice(-2)).toEqual(['InteractionEnded', 'InteractionStateUpdated ENDED']);
  });

  it('lets the consult leg be released by itself, never by a reject (T-14)', () => {
    const s = consulting('HELD', 'DIALING');
    s.send({ type: 'ReleaseConversation', target: s.conversation(1) });
    expect(s.state().requests.at(-1)?.request).toMatchObject({
      type: 'ReleaseConversation',
      target: s.conversation(1),
    });
  });
});
