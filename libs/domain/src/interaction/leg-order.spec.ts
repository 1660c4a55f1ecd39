import { inWords, runningCall, type SessionScenario, shown } from '@cordboard/testing/scenario';
import { HOLD_BACK_MS } from '../limits.ts';
import { type SessionEvent } from '../session-event.ts';
import { nextDeadlineAt } from '../session/queries.ts';

type Step = (s: SessionScenario) => readonly SessionEvent[];

/** Says something of a leg by its native id, as soon as the session knows it. */
const leg =
  (nativeId: 'v1' | 'v2', type: 'Held' | 'Talking' | 'Ended'): Step =>
  (s) => {
    const node = s.state().conversations.find((one) => one.nativeId === nativeId);
    const target = node?.target ?? s.target;
    return s.fact({ type: `Conversation${type}`, target });
  };

const reply =
  (...types: readonly Parameters<SessionScenario['reply']>[0][]): Step =>
  (s) =>
    types.flatMap((type) => (s.asked().includes(type) ? s.reply(type) : []));

/** Every way to take the steps of both sides, each side in its own order. */
const interleavings = <Item>(one: readonly Item[], other: readonly Item[]): (readonly Item[])[] => {
  const [first, ...ones] = one;
  const [second, ...others] = other;
  if (first === undefined || second === undefined) return [[...one, ...other]];
  return [
    ...interleavings(ones, other).map((rest) => [first, ...rest]),
    ...interleavings(one, others).map((rest) => [second, ...rest]),
  ];
};

const told = (s: SessionScenario, steps: readonly Step[]): readonly string[] => {
  const events = steps.flatMap((step) => step(s));
  return shown([...events, ...s.answerAll()]);
};

const indexed = <Item>(items: readonly Item[]) => items.map((item, index) => [index, item] as const);

describe('a consult (D.7)', () => {
  const ways = interleavings([leg('v1', 'Held')], [reply('RegisterConversation'), reply('ReadConversation')]);

  it.each(indexed(ways))('keeps the order of the list, way %i', (_, way) => {
    const s = runningCall('TALKING', null);
    s.send({ type: 'Consult', target: s.interaction(), destination: '5550199' });
    const answered = s.reply('Consult');
    expect(answered.map(inWords)).toEqual([
      '<',
      'CommandCompleted success',
      'InteractionHoldBackBegan',
      '> RegisterConversation',
      'InteractionStateUpdated STARTED',
    ]);
    expect(told(s, way)).toEqual([
      'ConversationStateUpdated HELD',
      'ConversationCreated consult',
      'ConversationStateUpdated DIALING',
      'ConversationMemberAdded 5550199',
      'ConversationInitialized',
      'InteractionFocusChanged',
    ]);
    expect(s.state().interactions).toMatchObject([{ holdBack: null, focus: s.conversation(1).conversation }]);
    expect(nextDeadlineAt(s.state())).toBeNull();
  });

  it('announces the second leg after 2 s, whatever became of the first', () => {
    const s = runningCall('TALKING', null);
    s.send({ type: 'Consult', target: s.interaction(), destination: '5550199' });
    expect(shown(s.answerAll())).toEqual(['InteractionStateUpdated STARTED']);
    expect(nextDeadlineAt(s.state())).toBe(s.now() + HOLD_BACK_MS);
    expect(shown(s.after(HOLD_BACK_MS - 1))).toEqual([]);
    expect(shown(s.after(1))).toEqual([
      'ConversationCreated consult',
      'ConversationStateUpdated DIALING',
      'ConversationMemberAdded 5550199',
      'ConversationInitialized',
      'InteractionFocusChanged',
    ]);
    expect(shown(leg('v1', 'Held')(s))).toEqual(['ConversationStateUpdated HELD']);
  });
});

describe.each([
  ['back', 'HELD', 'TALKING', 'Talking', 'Held'],
  ['on', 'TALKING', 'HELD', 'Held', 'Talking'],
] as const)('an alternate, %s (D.12)', (_, primary, consult, first, second) => {
  const v1 = [leg('v1', first)];
  const v2 = [leg('v2', second)];

  it.each(indexed(interleavings(v1, v2)))('keeps the order of the list, way %i', (_way, way) => {
    const s = runningCall(primary, consult);
    s.send({ type: 'Alternate', target: s.interaction() });
    s.reply('Alternate');
    const words = told(s, way);
    expect(words).toEqual([
      `ConversationStateUpdated ${first.toUpperCase()}`,
      `ConversationStateUpdated ${second.toUpperCase()}`,
      'InteractionFocusChanged',
    ]);
    const focus = s.conversation(first === 'Talking' ? 0 : 1).conversation;
    expect(s.state().interactions).toMatchObject([{ holdBack: null, focus }]);
  });

  it('goes on in the order of arrival after 2 s', () => {
    const s = runningCall(primary, consult);
    s.send({ type: 'Alternate', target: s.interaction() });
    s.reply('Alternate');
    expect(told(s, v2)).toEqual([]);
    expect(s.send({ type: 'Alternate', target: s.interaction() })).toMatchObject({
      error: { code: 'INVALID_STATE' },
    });
    const late = shown(s.after(HOLD_BACK_MS));
    expect(late[0]).toBe(`ConversationStateUpdated ${second.toUpperCase()}`);
    expect(shown(v1.flatMap((step) => step(s)))[0]).toBe(`ConversationStateUpdated ${first.toUpperCase()}`);
  });
});

describe('a consult transfer (D.10)', () => {
  const ways = interleavings(
    [leg('v1', 'Ended'), reply('DisposeConversation')],
    [leg('v2', 'Ended'), reply('DisposeConversation')],
  );

  it.each(indexed(ways))('keeps the order of the list, way %i', (_, way) => {
    const s = runningCall('HELD', 'TALKING');
    s.send({ type: 'ConsultTransfer', target: s.interaction() });
    s.reply('ConsultTransfer');
    expect(told(s, way)).toEqual([
      'ConversationStateUpdated RELEASED',
      'ConversationDisposed',
      'InteractionFocusChanged',
      'ConversationStateUpdated RELEASED',
      'ConversationDisposed',
      'InteractionEnded',
      'InteractionStateUpdated ENDED',
    ]);
    expect(s.state().interactions).toMatchObject([{ holdBack: null, state: 'ENDED' }]);
  });

  it('names the first leg first', () => {
    const s = runningCall('HELD', 'TALKING');
    const [v1, v2] = [s.conversation(0), s.conversation(1)];
    s.send({ type: 'ConsultTransfer', target: s.interaction() });
    s.reply('ConsultTransfer');
    const events = [
      ...leg('v2', 'Ended')(s),
      ...s.fact({ type: 'InteractionEnded', target: s.interaction() }),
      ...leg('v1', 'Ended')(s),
      ...s.answerAll(),
    ];
    const gone = events.filter(({ type }) => type === 'ConversationDisposed').map(({ target }) => target);
    expect(gone).toEqual([v1, v2]);
    expect(shown(events).slice(-2)).toEqual(['InteractionEnded', 'InteractionStateUpdated ENDED']);
  });

  it('says what is possible now if the second leg stays', () => {
    const s = runningCall('HELD', 'TALKING');
    s.send({ type: 'ConsultTransfer', target: s.interaction() });
    s.reply('ConsultTransfer');
    expect(told(s, [leg('v1', 'Ended')])).toEqual([
      'ConversationStateUpdated RELEASED',
      'ConversationDisposed',
      'InteractionFocusChanged',
    ]);
    expect(shown(s.after(HOLD_BACK_MS))).toEqual(['InteractionStateUpdated STARTED']);
    expect(told(s, [leg('v2', 'Ended')])).toEqual([
      'ConversationStateUpdated RELEASED',
      'ConversationDisposed',
      'InteractionEnded',
      'InteractionStateUpdated ENDED',
    ]);
  });
});
