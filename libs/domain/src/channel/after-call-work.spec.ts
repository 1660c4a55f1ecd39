import {
  FULL_ADAPTER,
  INBOUND_CALL,
  inWords,
  RESUME_POLICY,
  type SessionScenario,
  sessionScenario,
  shown,
  WALK_HOUSE,
} from '@cordboard/testing/scenario';
import { sessionDecider } from '../session/decide.ts';
import { nextDeadlineAt } from '../session/queries.ts';
import { recoveryEvents } from '../session/recovery.ts';

/** A call of the queue that gives thirty seconds; the agent talks and is busy, ready behind it. */
const talking = (policy = RESUME_POLICY): SessionScenario => {
  const s = sessionScenario({
    ...INBOUND_CALL,
    interaction: { i: { state: 'ALERTING', data: { QUEUE: '7001' }, primary: 'v', consult: null } },
  });
  s.house({ ...WALK_HOUSE, queues: { 7001: { wrapUpMs: 30_000, dispositionRequired: false } } });
  s.start(policy, FULL_ADAPTER);
  s.offer();
  s.fact({ type: 'ConversationTalking', target: s.conversation() });
  s.fact({ type: 'AgentReady', target: s.channel(), busy: true });
  return s;
};

const hangUp = (s: SessionScenario): readonly string[] => {
  s.fact({ type: 'ConversationEnded', target: s.conversation() });
  return s.reply('DisposeConversation').map(inWords);
};

const enter = (s: SessionScenario): readonly string[] => {
  s.reply('MakeNotReady');
  return shown(s.fact({ type: 'AgentNotReady', target: s.channel(), busy: false, reasonCode: 'acw' }));
};

/** The call is over and the agent is in after-call work. */
const wrappingUp = (policy = RESUME_POLICY): SessionScenario => {
  const s = talking(policy);
  hangUp(s);
  enter(s);
  return s;
};

const requestOf = (s: SessionScenario) => s.state().requests.map(({ request }) => request);
const ready = (s: SessionScenario) => s.send({ type: 'MakeReady', target: s.channel() });

describe('after-call work', () => {
  it('begins with the end of an accepted call and is over in time; then the agent is what it was', () => {
    const s = talking();
    expect(hangUp(s).slice(-4)).toEqual([
      'InteractionEnded',
      'InteractionStateUpdated ENDED',
      'AfterCallWorkBegan',
      '> MakeNotReady',
    ]);
    expect(requestOf(s)).toMatchObject([{ reasonCode: 'acw', target: s.channel() }]);
    expect(enter(s)).toEqual([
      'ChannelInfoChanged ACTIVE after_call_work acw timed',
      'ChannelStateUpdated ACTIVE',
    ]);
    expect(nextDeadlineAt(s.state())).toBe(s.now() + 30_000);
    expect(s.after(29_999)).toEqual([]);
    expect(s.after(1).map(inWords)).toEqual(['AfterCallWorkEnded elapsed', '> MakeReady']);
    s.reply('MakeReady');
    expect(shown(s.fact({ type: 'AgentReady', target: s.channel(), busy: false }))).toEqual([
      'ChannelInfoChanged ACTIVE ready acw',
      'ChannelStateUpdated ACTIVE',
    ]);
    expect(nextDeadlineAt(s.state())).toBeNull();
  });

  it('is shown to a desktop that comes later', () => {
    const s = wrappingUp();
    const told = recoveryEvents(s.state()).find(({ type }) => type === 'ChannelInfoChanged');
    expect(told).toMatchObject({ data: { afterCallWorkEndsAt: s.now() + 30_000 } });
  });

  it('is part of the state, whoever owns it', () => {
    const s = wrappingUp();
    s.must({ kind: 'claim', epoch: 2, worker: 'other' });
    const folded = s.history().reduce(sessionDecider.evolve, sessionDecider.initialState);
    expect(nextDeadlineAt(folded)).toBe(s.now() + 30_000);
    expect(s.after(30_000).map(inWords)).toEqual(['AfterCallWorkEnded elapsed', '> MakeReady']);
  });

  it('leads to what was asked for during the call', () => {
    const s = talking();
    s.send({ type: 'MakeNotReady', target: s.channel(), reasonCode: '7', reasonName: 'Lunch' });
    s.reply('MakeNotReady');
    hangUp(s);
    enter(s);
    s.after(30_000);
    expect(requestOf(s)).toMatchObject([{ type: 'MakeNotReady', reasonCode: '7', reasonName: 'Lunch' }]);
  });

  it('leads back to not ready for an agent who was that', () => {
    const s = talking();
    s.fact({ type: 'AgentNotReady', target: s.channel(), busy: true, reasonCode: '8' });
    hangUp(s);
    enter(s);
    s.after(30_000);
    expect(requestOf(s)).toMatchObject([{ type: 'MakeNotReady', reasonCode: '8' }]);
  });

  it('stays after-call work, without a time, where that was asked for', () => {
    const s = talking();
    s.send({ type: 'MakeNotReady', target: s.channel(), reasonCode: 'acw' });
    s.reply('MakeNotReady');
    s.fact({ type: 'AgentNotReady', target: s.channel(), busy: true, reasonCode: 'acw' });
    expect(hangUp(s).slice(-3)).toEqual([
      'AfterCallWorkBegan',
      'ChannelInfoChanged ACTIVE busy_after_call_work acw pending after_call_work timed',
      'ChannelStateUpdated ACTIVE',
    ]);
    s.fact({ type: 'AgentNotReady', target: s.channel(), busy: false, reasonCode: 'acw' });
    expect(s.after(30_000).map(inWords)).toEqual([
      'AfterCallWorkEnded elapsed',
      'ChannelInfoChanged ACTIVE after_call_work acw',
      'ChannelStateUpdated ACTIVE',
    ]);
    expect(s.asked()).toEqual([]);
  });

  it('ends when the interaction is completed', () => {
    const s = wrappingUp();
    s.send({ type: 'CompleteInteraction', target: s.interaction() });
    expect(s.reply('CompleteInteraction').map(inWords)).toEqual([
      '<',
      'CommandCompleted success',
      'InteractionCompleted',
      'InteractionStateUpdated COMPLETED',
      '> DisposeInteraction',
      'AfterCallWorkEnded completed',
      '> MakeReady',
    ]);
  });

  it('ends when the agent asks for another status, and not when the switch refuses that', () => {
    const s = wrappingUp();
    ready(s);
    expect(s.refuse('MakeReady').map(inWords)).toEqual(['< refused', 'CommandCompleted CTI_ERROR']);
    expect(nextDeadlineAt(s.state())).not.toBeNull();
    ready(s);
    expect(s.reply('MakeReady').map(inWords)).toEqual([
      '<',
      'CommandCompleted success',
      'AfterCallWorkEnded changed',
    ]);
    expect(nextDeadlineAt(s.state())).toBeNull();
  });

  it.each([
    ['AgentReady', 'ChannelInfoChanged ACTIVE ready acw'],
    ['ChannelDeactivated', 'ChannelInfoChanged INACTIVE not_ready acw'],
  ] as const)('ends with %s on the phone', (type, info) => {
    const s = wrappingUp();
    const events = s.fact({ type, target: s.channel(), busy: false });
    expect(events.map(inWords).slice(0, 2)).toEqual(['AfterCallWorkEnded changed', info]);
    expect(nextDeadlineAt(s.state())).toBeNull();
  });

  it('is not mistaken for left by what the switch said before it began', () => {
    const s = talking();
    hangUp(s);
    expect(shown(s.fact({ type: 'AgentReady', target: s.channel(), busy: false }))).toEqual([
      'ChannelInfoChanged ACTIVE ready',
      'ChannelStateUpdated ACTIVE',
    ]);
    expect(enter(s)[0]).toBe('ChannelInfoChanged ACTIVE after_call_work acw timed');
  });

  it('takes a wish from the end of the call as what comes after', () => {
    const s = talking();
    s.send({ type: 'MakeNotReady', target: s.channel(), reasonCode: '7' });
    hangUp(s);
    expect(s.reply('MakeNotReady').map(inWords).slice(0, 3)).toEqual([
      '<',
      'CommandCompleted success',
      'AfterCallWorkBegan',
    ]);
    enter(s);
    s.after(30_000);
    expect(requestOf(s)).toMatchObject([{ reasonCode: '7' }]);
  });

  it('is not tried again when the switch refuses it, nor what comes after', () => {
    const s = talking();
    hangUp(s);
    expect(s.refuse('MakeNotReady').map(inWords)).toEqual(['< refused', 'AfterCallWorkEnded refused']);
    expect(nextDeadlineAt(s.state())).toBeNull();
    const other = wrappingUp();
    other.after(30_000);
    // The time that was shown is over.
    expect(other.refuse('MakeReady').map(inWords)).toEqual([
      '< refused',
      'ChannelInfoChanged ACTIVE after_call_work acw',
      'ChannelStateUpdated ACTIVE',
    ]);
    expect(nextDeadlineAt(other.state())).toBeNull();
  });

  it('does not make an agent ready who is leaving', () => {
    const s = wrappingUp();
    s.send({ type: 'LogOut', target: s.target });
    expect(s.asked()).toEqual(['DeactivateChannel']);
    // The agent who has to stay is not shown a time that nothing comes of.
    expect(s.refuse('DeactivateChannel').map(inWords)).toEqual([
      '< refused',
      'LogOutFailed',
      'ChannelInfoChanged ACTIVE after_call_work acw',
      'ChannelStateUpdated ACTIVE',
      'CommandCompleted CTI_ERROR',
    ]);
    expect(s.state().phase).toBe('STARTED');
    expect(nextDeadlineAt(s.state())).toBeNull();
  });

  it('does not make an agent ready who went away', () => {
    const s = wrappingUp({ resumeMs: 10_000, whenLapsed: 'not-ready', unboundMs: 300_000 });
    s.must({ kind: 'unbind', binding: 'binding-1', reason: 'lapsed' });
    s.after(10_000);
    s.after(20_000);
    expect(requestOf(s)).toMatchObject([{ type: 'MakeNotReady', reasonCode: 'logout' }]);
  });

  it('is for accepted interactions of queues that ask for it, once no other goes on', () => {
    const s = talking();
    s.house({ queues: {} });
    s.fact({ type: 'InteractionOffered', target: s.channel(), nativeId: 'other' });
    expect(hangUp(s)).not.toContain('AfterCallWorkBegan');
    const missed = sessionScenario({
      ...INBOUND_CALL,
      interaction: { i: { state: 'ALERTING', data: { QUEUE: '7001' }, primary: 'v', consult: null } },
    });
    missed.house(WALK_HOUSE);
    missed.start();
    missed.offer();
    missed.fact({ type: 'ConversationEnded', target: missed.conversation() });
    expect(missed.reply('DisposeConversation').map(inWords)).not.toContain('AfterCallWorkBegan');
  });
});

describe('a status asked for while busy', () => {
  it('is sent at once and shown as pending until the work is over', () => {
    const s = talking();
    s.send({ type: 'MakeNotReady', target: s.channel(), reasonCode: '7', reasonName: 'Lunch' });
    expect(s.reply('MakeNotReady').map(inWords)).toEqual([
      '<',
      'CommandCompleted success',
      'ChannelInfoChanged ACTIVE busy_ready pending not_ready',
      'ChannelStateUpdated ACTIVE',
    ]);
    const away = { type: 'AgentNotReady', target: s.channel(), reasonCode: '7' } as const;
    expect(s.fact({ ...away, busy: true }).map(inWords)).toEqual([
      'ChannelInfoChanged ACTIVE busy_not_ready 7 pending not_ready',
      'ChannelStateUpdated ACTIVE',
    ]);
    const told = recoveryEvents(s.state()).find(({ type }) => type === 'ChannelInfoChanged');
    expect(told).toMatchObject({
      data: { pending: { status: 'not_ready', reasonCode: '7', reasonName: 'Lunch' } },
    });
    expect(s.fact({ ...away, busy: false }).map(inWords)[0]).toBe('ChannelInfoChanged ACTIVE not_ready 7');
  });

  it('is replaced by another wish, and by what is done on the phone', () => {
    const s = talking();
    s.send({ type: 'MakeNotReady', target: s.channel(), reasonCode: '7' });
    s.reply('MakeNotReady');
    ready(s);
    expect(s.reply('MakeReady').map(inWords)[2]).toBe('ChannelInfoChanged ACTIVE busy_ready pending ready');
    ready(s);
    expect(s.reply('MakeReady').map(inWords)).toEqual(['<', 'CommandCompleted success']);
    const onPhone = s.fact({ type: 'AgentNotReady', target: s.channel(), busy: true, reasonCode: '8' });
    expect(onPhone.map(inWords)[0]).toBe('ChannelInfoChanged ACTIVE busy_not_ready 8');
  });

  it('is not shown when the switch refuses it, nor to an agent who is not busy', () => {
    const s = talking();
    ready(s);
    expect(s.refuse('MakeReady').map(inWords)).toEqual(['< refused', 'CommandCompleted CTI_ERROR']);
    const idle = sessionScenario();
    idle.start();
    ready(idle);
    expect(idle.reply('MakeReady').map(inWords)).toEqual(['<', 'CommandCompleted success']);
  });
});
