import { inWords, runningCall, type SessionScenario } from '@cordboard/testing/scenario';

type Wish = 'HoldConversation' | 'RetrieveConversation' | 'MuteConversation' | 'UnmuteConversation';

const wish = (s: SessionScenario, type: Wish): readonly string[] => {
  const taken = s.send({ type, target: s.conversation(0) });
  return taken.ok ? taken.value.map(inWords) : [taken.error.code];
};

const AT_ONCE = ['CommandAccepted', 'CommandCompleted success'];

/** The wish that is fulfilled already as long as nothing else is under way, and the one that undoes that. */
const pairs: readonly (readonly [state: 'TALKING' | 'HELD' | 'MUTE', fulfilled: Wish, other: Wish])[] = [
  ['TALKING', 'RetrieveConversation', 'HoldConversation'],
  ['TALKING', 'UnmuteConversation', 'MuteConversation'],
  ['HELD', 'HoldConversation', 'RetrieveConversation'],
  ['MUTE', 'MuteConversation', 'UnmuteConversation'],
];

const callIn = (state: 'TALKING' | 'HELD' | 'MUTE'): SessionScenario => {
  const s = runningCall();
  if (state === 'HELD') s.fact({ type: 'ConversationHeld', target: s.conversation(0) });
  if (state === 'MUTE') s.fact({ type: 'ConversationMuted', target: s.conversation(0) });
  return s;
};

describe.each(pairs)('on a leg that is %s, %s', (state, fulfilled, other) => {
  it('is done already', () => {
    expect(wish(callIn(state), fulfilled)).toEqual(AT_ONCE);
  });

  it(`is asked of the switch while ${other} is under way`, () => {
    const s = callIn(state);
    wish(s, other);
    expect(wish(s, fulfilled)).not.toEqual(AT_ONCE);
  });

  it(`is asked of the switch until what ${other} leads to is told`, () => {
    const s = callIn(state);
    wish(s, other);
    s.reply(other);
    expect(wish(s, fulfilled)).not.toEqual(AT_ONCE);
  });

  it(`is done already once ${other} was refused`, () => {
    const s = callIn(state);
    wish(s, other);
    s.reply(other, { ok: false, cause: 'refused', message: 'not now' });
    expect(wish(s, fulfilled)).toEqual(AT_ONCE);
  });
});
