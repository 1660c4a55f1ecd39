import { inWords, runningCall, type SessionScenario, shown } from '@cordboard/testing/scenario';
import { HOLD_BACK_MS } from '../limits.ts';
import { allowedCommands } from '../session/refusal.ts';
import { nextDeadlineAt } from '../session/queries.ts';
import { recoveryEvents } from '../session/recovery.ts';
import { type SwitchFact } from '../switch-fact.ts';

type LegFact = Extract<SwitchFact, { type: `Conversation${string}` }>['type'];

const leg = (s: SessionScenario, index: number, type: LegFact) =>
  s.fact({ type, target: s.conversation(index), reason: 'no such number' });

const consult = (s: SessionScenario) =>
  s.send({ type: 'Consult', target: s.interaction(), destination: '5550199' });

const offer = (s: SessionScenario, nativeId: string) =>
  s.fact({ type: 'ConsultOffered', target: s.interaction(), nativeId });

const mayConsult = (s: SessionScenario): boolean =>
  allowedCommands(s.state(), s.interaction()).includes('Consult');

const SECOND_LEG = [
  'ConversationCreated consult',
  'ConversationStateUpdated DIALING',
  'ConversationMemberAdded 5550199',
  'ConversationInitialized',
  'InteractionFocusChanged',
];
const SECOND_GONE = [
  'ConversationStateUpdated RELEASED',
  'ConversationDisposed',
  'InteractionFocusChanged',
  'InteractionStateUpdated STARTED',
];
const OVER = [
  'ConversationStateUpdated RELEASED',
  'ConversationDisposed',
  'InteractionEnded',
  'InteractionStateUpdated ENDED',
];

describe('a consult (D.7)', () => {
  it('goes from the first leg to the second', () => {
    const s = runningCall();
    consult(s);
    expect(s.state().requests).toMatchObject([{ request: { type: 'Consult', destination: '5550199' } }]);
    s.reply('Consult');
    expect(mayConsult(s)).toBe(false);
    expect(shown([...leg(s, 0, 'ConversationHeld'), ...s.answerAll()])).toEqual([
      'ConversationStateUpdated HELD',
      ...SECOND_LEG,
    ]);
    leg(s, 1, 'ConversationDialing');
    leg(s, 1, 'ConversationStarted');
    expect(shown(leg(s, 1, 'ConversationTalking'))).toEqual([
      'ConversationStateUpdated TALKING',
      'InteractionStateUpdated STARTED',
    ]);
  });

  it('needs no hold when the first leg is held already', () => {
    const s = runningCall('HELD');
    consult(s);
    expect(shown(s.answerAll())).toEqual(['InteractionStateUpdated STARTED', ...SECOND_LEG]);
  });

  it('changes nothing when the switch refuses it', () => {
    const s = runningCall();
    consult(s);
    expect(s.refuse('Consult', 'no line').map(inWords)).toEqual(['< refused', 'CommandCompleted CTI_ERROR']);
    expect(mayConsult(s)).toBe(true);
    expect(s.state().interactions).toMatchObject([{ holdBack: null }]);
  });

  it('says at once when the second leg is connected before it is announced', () => {
    const s = runningCall('HELD');
    s.world({ conversation: { v2: { state: 'TALKING', members: [{ number: '5550199' }] } } });
    consult(s);
    expect(shown(s.answerAll()).slice(-2)).toEqual([
      'InteractionFocusChanged',
      'InteractionStateUpdated STARTED',
    ]);
    expect(allowedCommands(s.state(), s.interaction())).toContain('ConsultTransfer');
  });

  it.each([
    ['ConversationBusy', ['ConversationBusy']],
    ['ConversationFailed', ['ConversationFailed no such number']],
    ['ConversationEnded', []],
  ] as const)('returns to the first leg after %s, which stays held', (type, first) => {
    const s = runningCall('HELD');
    consult(s);
    s.answerAll();
    expect(shown([...leg(s, 1, type), ...s.answerAll()])).toEqual([...first, ...SECOND_GONE]);
    expect(s.state().conversations).toMatchObject([{ state: 'HELD' }]);
    expect(mayConsult(s)).toBe(true);
  });

  it('goes on when the caller hangs up meanwhile, and ends with the second leg', () => {
    const s = runningCall('HELD');
    consult(s);
    s.answerAll();
    expect(shown([...leg(s, 0, 'ConversationEnded'), ...s.answerAll()])).toEqual(SECOND_GONE);
    expect(s.state().interactions).toMatchObject([{ state: 'STARTED' }]);
    expect(shown([...leg(s, 0, 'ConversationEnded'), ...s.answerAll()])).toEqual(OVER);
  });

  it('keeps the interaction when the caller hangs up before the second leg is there', () => {
    const s = runningCall();
    consult(s);
    leg(s, 0, 'ConversationEnded');
    expect(shown(s.reply('DisposeConversation'))).toEqual([
      'ConversationDisposed',
      'InteractionStateUpdated STARTED',
    ]);
    expect(shown(s.answerAll())).toEqual(['InteractionStateUpdated STARTED', ...SECOND_LEG]);
    expect(shown([...leg(s, 0, 'ConversationEnded'), ...s.answerAll()])).toEqual(OVER);
  });

  it('ends the interaction when nothing comes of it and nobody is left', () => {
    const s = runningCall();
    consult(s);
    leg(s, 0, 'ConversationEnded');
    s.reply('DisposeConversation');
    expect(shown(s.refuse('Consult'))).toEqual(['InteractionEnded', 'InteractionStateUpdated ENDED']);
  });

  it.each(['RegisterConversation', 'ReadConversation'] as const)(
    'may be tried again when the switch fails at %s',
    (type) => {
      const s = runningCall('HELD');
      consult(s);
      s.reply('Consult');
      if (type === 'ReadConversation') s.reply('RegisterConversation');
      expect(shown([...s.refuse(type), ...s.answerAll()])).toEqual(['InteractionStateUpdated STARTED']);
      expect(mayConsult(s)).toBe(true);
      expect(s.state().conversations).toHaveLength(1);
    },
  );
});

describe('an answer that comes when the call is over', () => {
  it.each(['Consult', 'Alternate', 'ConsultTransfer'] as const)('is of no interest: %s', (type) => {
    const s = type === 'Consult' ? runningCall() : runningCall('HELD', 'TALKING');
    s.send({ type, target: s.interaction(), destination: '5550199' });
    s.fact({ type: 'InteractionCompleted', target: s.interaction() });
    expect(shown(s.reply(type))).toEqual([]);
    expect(s.state().interactions).toMatchObject([{ holdBack: null }]);
    s.answerAll();
    expect(s.state().interactions).toEqual([]);
  });
});

describe('a second leg that is named later', () => {
  const unnamed = (): SessionScenario => {
    const s = runningCall('HELD');
    s.world({ consult: null });
    consult(s);
    expect(shown(s.reply('Consult'))).toEqual(['InteractionStateUpdated STARTED']);
    return s;
  };

  it('is waited for', () => {
    const s = unnamed();
    expect(mayConsult(s)).toBe(false);
    expect(shown([...offer(s, 'v2'), ...s.answerAll()])).toEqual(SECOND_LEG);
    expect(nextDeadlineAt(s.state())).toBeNull();
  });

  it('is given up after a while, so that another one can be begun', () => {
    const s = unnamed();
    expect(shown(s.after(HOLD_BACK_MS))).toEqual(['InteractionStateUpdated STARTED']);
    expect(mayConsult(s)).toBe(true);
  });
});

describe('a consult that was begun outside the desktop (D.8)', () => {
  it('is announced like one of our own', () => {
    const s = runningCall();
    leg(s, 0, 'ConversationHeld');
    expect(shown([...offer(s, 'v2'), ...s.answerAll()])).toEqual([
      'InteractionStateUpdated STARTED',
      ...SECOND_LEG,
    ]);
    expect(mayConsult(s)).toBe(false);
  });

  it('is no second one when it is our own, nor when there is one already', () => {
    const s = runningCall('HELD');
    consult(s);
    s.reply('Consult');
    expect(offer(s, 'v2')).toEqual([]);
    s.answerAll();
    expect(offer(s, 'v2')).toEqual([]);
    expect(offer(s, 'v3')).toEqual([]);
    expect(s.state().conversations).toHaveLength(2);
  });

  it('that overtakes the answer to our own is that one', () => {
    const s = runningCall('HELD');
    consult(s);
    const told = [...shown(offer(s, 'v2')), ...shown(s.reply('Consult')), ...shown(s.answerAll())];
    expect(told).toEqual(['InteractionStateUpdated STARTED', ...SECOND_LEG]);
  });

  it('waits until the leg before it is gone', () => {
    const s = runningCall('HELD', 'DIALING');
    leg(s, 1, 'ConversationBusy');
    expect(offer(s, 'v3').map(inWords)).toEqual(['SwitchFactDeferred ConsultOffered']);
    const events = s.answerAll();
    expect(shown(events).slice(0, 4)).toEqual([
      'ConversationDisposed',
      'InteractionFocusChanged',
      'InteractionStateUpdated STARTED',
      'InteractionStateUpdated STARTED',
    ]);
    expect(s.state().conversations).toMatchObject([{ nativeId: 'v1' }, { nativeId: 'v3' }]);
  });
});

describe('a consult conference (D.11)', () => {
  it('moves the second party into the first leg', () => {
    const s = runningCall('HELD', 'TALKING');
    s.send({ type: 'ConsultConference', target: s.interaction() });
    expect(s.reply('ConsultConference').map(inWords)).toEqual(['<', 'CommandCompleted success']);
    const told = [
      ...s.fact({ type: 'PartyAdded', target: s.conversation(0), number: '5550199' }),
      ...leg(s, 0, 'ConversationTalking'),
      ...leg(s, 1, 'ConversationEnded'),
      ...s.answerAll(),
    ];
    expect(shown(told)).toEqual([
      'ConversationMemberAdded 5550199',
      'ConversationStateUpdated TALKING',
      'InteractionFocusChanged',
      'ConversationStateUpdated RELEASED',
      'ConversationDisposed',
      'InteractionStateUpdated STARTED',
    ]);
    s.send({ type: 'ReleaseConversation', target: s.conversation() });
    s.answerAll();
    expect(shown([...leg(s, 0, 'ConversationEnded'), ...s.answerAll()])).toEqual(OVER);
  });

  it('tells the focus once only', () => {
    const s = runningCall('TALKING', 'HELD');
    s.send({ type: 'ConsultConference', target: s.interaction() });
    s.reply('ConsultConference');
    const told = [...leg(s, 1, 'ConversationEnded'), ...s.answerAll()];
    expect(shown(told)).toEqual([
      'ConversationStateUpdated RELEASED',
      'ConversationDisposed',
      'InteractionStateUpdated STARTED',
    ]);
  });
});

describe('a desktop that comes back', () => {
  it('is shown both legs, and what waits only when it is its turn', () => {
    const s = runningCall();
    consult(s);
    s.answerAll();
    expect(s.state().conversations).toHaveLength(2);
    const created = (): readonly string[] =>
      recoveryEvents(s.state())
        .map(inWords)
        .filter((word) => word.startsWith('ConversationCreated'));
    expect(created()).toEqual(['ConversationCreated primary']);
    s.after(HOLD_BACK_MS);
    expect(created()).toEqual(['ConversationCreated primary', 'ConversationCreated consult']);
    expect(recoveryEvents(s.state()).map(inWords)).toContain('InteractionFocusChanged');
  });

  it('finds a session that was taken down with all that waited', () => {
    const s = runningCall();
    consult(s);
    s.answerAll();
    s.must({ kind: 'close', reason: 'overridden' });
    expect(s.state().conversations).toEqual([]);
    expect(nextDeadlineAt(s.state())).toBeNull();
  });
});
