import {
  INBOUND_CALL,
  inWords,
  ONE_CHANNEL,
  runningCall,
  type SessionScenario,
  sessionScenario,
  shown,
  type SwitchWorld,
} from '@cordboard/testing/scenario';
import { HOLD_BACK_MS } from '../limits.ts';
import { allowedCommands } from '../session/refusal.ts';
import { type SwitchFact } from '../switch-fact.ts';

type LegFact = Extract<SwitchFact, { type: `Conversation${string}` }>['type'];

const leg = (s: SessionScenario, index: number, type: LegFact) =>
  s.fact({ type, target: s.conversation(index), reason: 'no such number' });

const consult = (s: SessionScenario) =>
  s.send({ type: 'Consult', target: s.interaction(), destination: '5550199' });

const move = (s: SessionScenario, type: 'Alternate' | 'ConsultTransfer' | 'ConsultConference') =>
  s.send({ type, target: s.interaction() });

const OVER = ['InteractionEnded', 'InteractionStateUpdated ENDED'];

describe('a call that the switch completes', () => {
  it.each(['RegisterConversation', 'ReadConversation'] as const)(
    'lets go of a second leg that is still on its way in: %s',
    (at) => {
      const s = runningCall('HELD');
      consult(s);
      s.reply('Consult');
      if (at === 'ReadConversation') s.reply('RegisterConversation');
      s.fact({ type: 'InteractionCompleted', target: s.interaction() });
      expect(shown(s.answerAll())).toEqual(['ConversationDisposed', 'InteractionDisposed']);
      expect(s.state().interactions).toEqual([]);
    },
  );

  it('lets go of a second leg that waits for the first', () => {
    const s = runningCall();
    consult(s);
    s.answerAll();
    s.fact({ type: 'InteractionCompleted', target: s.interaction() });
    expect(shown(s.answerAll())).toEqual(['ConversationDisposed', 'InteractionDisposed']);
    expect(s.state().interactions).toEqual([]);
  });

  it('says nothing of the focus any more', () => {
    const s = runningCall('HELD', 'TALKING');
    s.fact({ type: 'InteractionCompleted', target: s.interaction() });
    const told = ['ConversationDisposed', 'ConversationDisposed', 'InteractionDisposed'];
    expect(shown(s.answerAll())).toEqual(told);
  });
});

const CHAT: SwitchWorld = {
  ...ONE_CHANNEL,
  channels: { g: [{ nativeId: '1001', channelType: 'CHAT' }] },
  interaction: { i: { state: 'ALERTING', data: {}, primary: null, consult: null } },
};

const offeredTo = (world: SwitchWorld): SessionScenario => {
  const s = sessionScenario(world);
  s.start();
  s.offer();
  return s;
};

describe('an interaction that is offered again under the same native id (bridge A.6)', () => {
  it.each([
    ['a chat', CHAT],
    ['a call', INBOUND_CALL],
  ])('comes when the one before it is gone: %s', (_, world) => {
    const s = offeredTo(world);
    const former = s.interaction();
    s.send({ type: 'RejectInteraction', target: former });
    s.reply('RejectInteraction');
    if (world === INBOUND_CALL) leg(s, 0, 'ConversationEnded');
    const again = { type: 'InteractionOffered', target: s.channel(), nativeId: 'i' } as const;
    expect(s.fact(again).map(inWords)).toEqual(['SwitchFactDeferred InteractionOffered']);
    const told = shown(s.answerAll());
    expect(told).toContain('InteractionDisposed');
    expect(told.slice(told.indexOf('InteractionDisposed') + 1)[0]).toBe('InteractionCreated inbound');
    expect(s.state().interactions).toMatchObject([{ state: 'ALERTING' }]);
    expect(s.interaction()).not.toEqual(former);
  });

  it.each(['ALERTING', 'STARTED', 'ENDED'])('is nothing new while it is %s', (state) => {
    const s = offeredTo(CHAT);
    if (state !== 'ALERTING') s.fact({ type: 'InteractionStarted', target: s.interaction() });
    if (state === 'ENDED') s.fact({ type: 'InteractionEnded', target: s.interaction() });
    expect(s.offer()).toEqual([]);
    expect(s.state().interactions).toMatchObject([{ state }]);
  });
});

describe('a chat that is taken back', () => {
  it('while it is being accepted is nobody`s, and the late answer changes nothing', () => {
    const s = offeredTo(CHAT);
    s.send({ type: 'AcceptInteraction', target: s.interaction() });
    expect(shown(s.fact({ type: 'InteractionEnded', target: s.interaction() }))).toEqual([
      ...OVER,
      'InteractionCompleted',
      'InteractionStateUpdated COMPLETED',
    ]);
    expect(shown(s.reply('AcceptInteraction'))).toEqual([]);
    expect(shown(s.answerAll())).toEqual(['InteractionDisposed']);
  });

  it('after it was accepted waits for the agent', () => {
    const s = offeredTo(CHAT);
    s.send({ type: 'AcceptInteraction', target: s.interaction() });
    s.reply('AcceptInteraction');
    expect(shown(s.fact({ type: 'InteractionEnded', target: s.interaction() }))).toEqual(OVER);
    expect(s.asked()).toEqual([]);
  });

  it('leaves the others alone', () => {
    const s = offeredTo(CHAT);
    s.offer('j');
    s.fact({ type: 'InteractionEnded', target: s.interaction() });
    s.answerAll();
    expect(s.state().interactions).toMatchObject([{ nativeId: 'j', state: 'ALERTING' }]);
  });
});

describe('facts of a second leg that was there before its consult was answered', () => {
  it('are neither forgotten nor overtaken when the legs are exchanged', () => {
    const s = runningCall();
    consult(s);
    s.fact({ type: 'ConsultOffered', target: s.interaction(), nativeId: 'v2' });
    s.reply('RegisterConversation');
    s.reply('ReadConversation');
    leg(s, 1, 'ConversationTalking');
    s.reply('Consult');
    expect(leg(s, 1, 'ConversationHeld').map(inWords)).toEqual(['SwitchFactDeferred ConversationHeld']);
    const taken = move(s, 'Alternate');
    expect(taken.ok && shown(taken.value)).toEqual(['ConversationStateUpdated HELD']);
    expect(s.state().deferred).toEqual([]);
  });
});

describe('a leg that goes while the legs are exchanged (D.12)', () => {
  const GONE = ['ConversationStateUpdated RELEASED', 'ConversationDisposed', 'InteractionFocusChanged'];

  it.each([0, 1])('leaves the other one with the focus: leg %i', (index) => {
    const s = runningCall('HELD', 'TALKING');
    const other = s.conversation(1 - index).conversation;
    move(s, 'Alternate');
    s.reply('Alternate');
    const told = [
      ...shown(leg(s, index, 'ConversationEnded')),
      ...shown(s.answerAll()),
      ...shown(s.after(HOLD_BACK_MS)),
      ...shown(s.answerAll()),
    ];
    expect(told).toEqual([...GONE, 'InteractionStateUpdated STARTED']);
    expect(s.state().interactions).toMatchObject([{ state: 'STARTED', focus: other, holdBack: null }]);
    expect(allowedCommands(s.state(), s.interaction())).not.toContain('Alternate');
  });
});

describe.each(['Alternate', 'ConsultTransfer', 'ConsultConference'] as const)(
  '%s that comes to nothing',
  (type) => {
    it.each(['refused', 'timeout', 'unknown', 'malformed'] as const)('leaves both legs: %s', (cause) => {
      const s = runningCall('HELD', 'TALKING');
      move(s, type);
      expect(s.reply(type, { ok: false, cause, message: 'no' }).map(inWords)).toEqual([
        `< ${cause}`,
        'CommandCompleted CTI_ERROR',
      ]);
      expect(s.state().interactions).toMatchObject([{ state: 'STARTED', holdBack: null }]);
      expect(move(s, type).ok).toBe(true);
    });
  },
);

describe('a consult transfer that the switch agreed to', () => {
  it('when the second leg has just gone tells that another consult is possible', () => {
    const s = runningCall('HELD', 'TALKING');
    move(s, 'ConsultTransfer');
    leg(s, 1, 'ConversationEnded');
    s.reply('ConsultTransfer');
    const gone = ['ConversationDisposed', 'InteractionFocusChanged'];
    expect(shown(s.answerAll())).toEqual(gone);
    expect(shown(s.after(HOLD_BACK_MS))).toEqual(['InteractionStateUpdated STARTED']);
    expect(allowedCommands(s.state(), s.interaction())).toContain('Consult');
  });
});

describe('a consult', () => {
  it.each(['refused', 'timeout', 'unknown', 'malformed'] as const)('may be tried again: %s', (cause) => {
    const s = runningCall();
    consult(s);
    s.reply('Consult', { ok: false, cause, message: 'no' });
    expect(consult(s).ok).toBe(true);
  });

  it('whose answer is lost is that which the switch tells of later', () => {
    const s = runningCall('HELD');
    consult(s);
    s.reply('Consult', { ok: false, cause: 'timeout', message: 'too late' });
    s.fact({ type: 'ConsultOffered', target: s.interaction(), nativeId: 'v2' });
    s.answerAll();
    expect(s.state().conversations).toMatchObject([{ role: 'primary' }, { role: 'consult' }]);
  });

  it.each(['RegisterConversation', 'ReadConversation'] as const)(
    'of a caller who has hung up ends the call when the switch fails at %s',
    (type) => {
      const s = runningCall('HELD');
      consult(s);
      s.reply('Consult');
      if (type === 'ReadConversation') s.reply('RegisterConversation');
      leg(s, 0, 'ConversationEnded');
      const told = [...s.reply('DisposeConversation'), ...s.refuse(type)];
      expect(shown(told)).toEqual(['ConversationDisposed', 'InteractionStateUpdated STARTED', ...OVER]);
    },
  );

  it('on a muted call waits for its hold, and needs no answer to what was asked about the data', () => {
    const s = runningCall('MUTE');
    s.send({ type: 'SetInteractionData', target: s.interaction(), key: 'vip', value: 'yes' });
    consult(s);
    s.reply('Consult');
    s.reply('RegisterConversation');
    expect(shown(s.reply('ReadConversation'))).toEqual([]);
    expect(shown(leg(s, 0, 'ConversationHeld')).slice(0, 2)).toEqual([
      'ConversationStateUpdated HELD',
      'ConversationCreated consult',
    ]);
    expect(s.asked()).toEqual(['SetInteractionData']);
  });

  it('goes on under a new owner of the session', () => {
    const s = runningCall();
    consult(s);
    s.answerAll();
    s.must({ kind: 'claim', epoch: 2, worker: 'w' });
    expect(shown(leg(s, 0, 'ConversationHeld'))).toContain('ConversationInitialized');
  });

  it('that rings again after it was answered cannot be joined any more', () => {
    const s = runningCall('HELD', 'TALKING');
    expect(shown(leg(s, 1, 'ConversationDialing'))).toEqual([
      'ConversationStateUpdated DIALING',
      'InteractionStateUpdated STARTED',
    ]);
    expect(allowedCommands(s.state(), s.interaction())).not.toContain('Alternate');
  });
});

describe('a call that rings', () => {
  it('can be answered as long as it rings, whatever was said of the interaction', () => {
    const s = offeredTo(INBOUND_CALL);
    s.fact({ type: 'InteractionStarted', target: s.interaction() });
    expect(s.send({ type: 'AnswerConversation', target: s.conversation() }).ok).toBe(true);
  });
});

describe('what is heard of a leg that is over', () => {
  it.each(['TransferFailed', 'ConferenceFailed'] as const)('says nothing: %s', (type) => {
    const s = runningCall();
    leg(s, 0, 'ConversationEnded');
    expect(s.fact({ type, target: s.conversation(), reason: 'late' })).toEqual([]);
  });

  it('lets the call be completed only when it is let go of', () => {
    const s = runningCall();
    leg(s, 0, 'ConversationEnded');
    const complete = () => s.send({ type: 'CompleteInteraction', target: s.interaction() });
    expect(complete()).toMatchObject({ error: { code: 'CONVERSATIONS_ACTIVE' } });
    s.answerAll();
    expect(complete().ok).toBe(true);
  });
});

describe('an ended call whose queue still requires a disposition', () => {
  it('keeps nobody from logging out', () => {
    const s = runningCall();
    s.house({ queues: { 7001: { wrapUpMs: 30_000, dispositionRequired: true } } });
    s.fact({ type: 'InteractionDataChanged', target: s.interaction(), changes: { QUEUE: '7001' } });
    leg(s, 0, 'ConversationEnded');
    s.answerAll();
    const complete = s.send({ type: 'CompleteInteraction', target: s.interaction() });
    expect(complete).toMatchObject({ error: { code: 'INVALID_STATE' } });
    expect(s.send({ type: 'LogOut', target: s.target }).ok).toBe(true);
    expect(shown(s.answerAll())).toEqual([]);
    expect(s.state().phase).toBe('CLOSED');
  });
});
