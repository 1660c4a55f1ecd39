import {
  INBOUND_CALL,
  inWords,
  ONE_CHANNEL,
  OUTBOUND_CALL,
  runningCall,
  type SessionScenario,
  sessionScenario,
  shown,
} from '@cordboard/testing/scenario';
import { type SwitchFact, type SwitchFactType } from '../switch-fact.ts';

/** The checks of the bridge (section I) that are the session's to keep and stand in no other spec as such. */

const started = (world = ONE_CHANNEL): SessionScenario => {
  const s = sessionScenario(world);
  s.start();
  return s;
};

const offered = (s: SessionScenario): void =>
  void s.fact({ type: 'InteractionOffered', target: s.channel(), nativeId: 'i' });

const leg = (s: SessionScenario, type: SwitchFactType, index = 0) =>
  s.fact({ type, target: s.conversation(index), number: '3000', reason: 'busy' } as SwitchFact);

const requests = (s: SessionScenario, type: string) =>
  s.history().flatMap((event) => {
    const asked = event.type === 'SwitchRequested' && event.data.request.type === type;
    return asked ? [event.data.request] : [];
  });

describe('answers (T-04)', () => {
  it('belong to their requests by the id, in whatever order they come', () => {
    const s = runningCall();
    s.send({ type: 'SetInteractionData', target: s.interaction(), key: 'a', value: '1' });
    s.send({ type: 'SendDtmf', target: s.conversation(), digits: '1' });
    s.send({ type: 'SetDisposition', target: s.interaction(), disposition: 'sold' });
    const [first, second, third] = s.state().requests;
    const answers = [third, first, second].map((one) =>
      s.must({
        kind: 'answer',
        requestId: one?.requestId ?? '',
        answer: { ok: true, reading: { of: 'none' } },
      }),
    );
    const ended = answers.flat().flatMap((event) => (event.type === 'CommandCompleted' ? [event.data] : []));
    const asked = [third, first, second].map((one) => one?.commandId);
    expect(ended.map(({ commandId }) => commandId)).toEqual(asked);
  });
});

describe('facts right behind the reading of a call (T-09, T-10)', () => {
  it('take effect in order when all of it is announced, and none is lost', () => {
    const s = started(INBOUND_CALL);
    offered(s);
    s.reply('RegisterInteraction');
    s.reply('ReadInteraction');
    s.fact({ type: 'InteractionDataChanged', target: s.interaction(), changes: { vip: 'yes' } });
    s.reply('RegisterConversation');
    for (const type of ['ConversationTalking', 'PartyAdded', 'ConversationHeld'] as const) leg(s, type);
    const told = shown(s.reply('ReadConversation'));
    expect(told.slice(told.indexOf('InteractionInitialized'))).toEqual([
      'InteractionInitialized',
      'InteractionDataChanged',
      'ConversationStateUpdated TALKING',
      'InteractionScreenPopped',
      'InteractionStateUpdated STARTED',
      'ConversationMemberAdded 3000',
      'ConversationStateUpdated HELD',
    ]);
  });
});

describe('the legs of a reading (T-11, T-12)', () => {
  it.each([
    [0, null, null],
    [1, 'v1', null],
    [2, 'v1', 'v2'],
  ])('are registered each with its own id under the native one, then read: %i', (count, primary, consult) => {
    const s = started({
      ...ONE_CHANNEL,
      interaction: { i: { state: 'STARTED', data: {}, primary, consult } },
    });
    offered(s);
    s.answerAll();
    const registered = requests(s, 'RegisterConversation');
    expect(registered).toMatchObject(['v1', 'v2'].slice(0, count).map((nativeId) => ({ nativeId })));
    const targets = registered.map((one) => ({
      ...one.target,
      conversation: 'id' in one ? one.id : '',
    }));
    expect(requests(s, 'ReadConversation').map(({ target }) => target)).toEqual(targets);
  });
});

describe('release (T-13, T-14)', () => {
  it.each([
    ['ALERTING', 'AnswerConversation', 'AcceptInteraction', () => withCall(INBOUND_CALL), 0],
    ['ALERTING', 'ReleaseConversation', 'RejectInteraction', () => withCall(INBOUND_CALL), 0],
    ['DIALING', 'ReleaseConversation', 'RejectInteraction', () => withCall(OUTBOUND_CALL), 0],
    ['STARTED', 'ReleaseConversation', 'ReleaseConversation', () => runningCall(), 0],
    ['consulting', 'ReleaseConversation', 'ReleaseConversation', () => runningCall('HELD', 'DIALING'), 1],
  ] as const)('and answer become, %s: %s is asked as %s', (_, type, asked, scene, index) => {
    const s = scene();
    s.send({ type, target: s.conversation(index) });
    expect(s.asked()).toEqual([asked]);
  });
});

const withCall = (world: typeof INBOUND_CALL): SessionScenario => {
  const s = started(world);
  s.offer();
  return s;
};

describe('the native id of a second leg (T-18, T-19)', () => {
  it('of a consult is that of its answer', () => {
    const s = runningCall();
    s.world({ consult: 'native-7' });
    s.send({ type: 'Consult', target: s.interaction(), destination: '2001' });
    s.reply('Consult');
    expect(requests(s, 'RegisterConversation').at(-1)).toMatchObject({ nativeId: 'native-7' });
  });

  it('of one begun on the phone is that of its fact', () => {
    const s = runningCall('HELD');
    s.fact({ type: 'ConsultOffered', target: s.interaction(), nativeId: 'native-8' });
    expect(requests(s, 'RegisterConversation').at(-1)).toMatchObject({ nativeId: 'native-8' });
    s.answerAll();
    expect(s.state().conversations).toMatchObject([{ role: 'primary' }, { role: 'consult' }]);
  });
});

describe('facts that change no state (T-22, T-27)', () => {
  it.each(['TransferFailed', 'ConferenceFailed'] as const)('%s is told alone', (type) => {
    const s = runningCall();
    const before = s.state().conversations[0];
    expect(leg(s, type).map(inWords)).toEqual([`Conversation${type} busy`]);
    expect(s.state().conversations).toEqual([before]);
  });

  it('a party is added once', () => {
    const s = runningCall();
    expect(shown([...leg(s, 'PartyAdded'), ...leg(s, 'PartyAdded')])).toEqual([
      'ConversationMemberAdded 3000',
    ]);
  });
});

describe('a consult that fails (T-28)', () => {
  it.each(['ConversationBusy', 'ConversationFailed'] as const)(
    'leaves the call, and gives the focus back: %s',
    (type) => {
      const s = runningCall('HELD', 'DIALING');
      leg(s, type, 1);
      s.answerAll();
      const focus = s.conversation().conversation;
      expect(s.state().interactions).toMatchObject([{ state: 'STARTED', focus }]);
    },
  );
});
