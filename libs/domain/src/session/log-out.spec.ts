import {
  inWords,
  INBOUND_CALL,
  type SessionScenario,
  sessionScenario,
  shown,
} from '@cordboard/testing/scenario';
import { type SwitchRequestType } from '../switch-request.ts';

const STEPS: readonly SwitchRequestType[] = [
  'MakeNotReady',
  'DeactivateChannel',
  'DisposeChannel',
  'RemoveChannel',
  'DisposeChannelGroup',
  'RemoveChannelGroup',
  'LogOutAgent',
  'DisposeSession',
];

const leaving = (): SessionScenario => {
  const s = sessionScenario();
  s.start();
  s.send({ type: 'LogOut', target: s.target });
  return s;
};

const until = (s: SessionScenario, type: SwitchRequestType): void => {
  for (const step of STEPS) {
    if (step === type) return;
    s.reply(step);
  }
};

/** An inbound call that was answered and is over, but not completed. */
const wrappingUp = (): SessionScenario => {
  const s = sessionScenario(INBOUND_CALL);
  s.start();
  s.offer();
  s.fact({ type: 'ConversationTalking', target: s.conversation() });
  s.fact({ type: 'ConversationEnded', target: s.conversation() });
  s.answerAll();
  return s;
};

describe('a logout (D.9)', () => {
  it('goes through its steps one by one and closes the session behind the answer', () => {
    const s = sessionScenario();
    s.start();
    const sent = s.send({ type: 'LogOut', target: s.target });
    expect(sent.ok && sent.value.map(inWords)).toEqual(['CommandAccepted', 'LogOutBegan', '> MakeNotReady']);
    const asked: string[] = [];
    for (const step of STEPS) {
      asked.push(...s.asked());
      if (step !== 'DisposeSession') s.reply(step);
    }
    expect(asked).toEqual(STEPS);
    expect(s.reply('DisposeSession').map(inWords)).toEqual([
      '<',
      '~ChannelDisposed',
      '~ChannelGroupDisposed',
      'CommandCompleted success',
      'SessionClosed logged-out',
    ]);
  });

  it('follows the log-in without a word to the agent', () => {
    const s = leaving();
    s.reply('MakeNotReady');
    const events = s.fact({ type: 'AgentNotReady', target: s.channel(), busy: false, reasonCode: 'logout' });
    expect(events.map(inWords)).toEqual([
      '~ChannelInfoChanged ACTIVE not_ready logout',
      '~ChannelStateUpdated ACTIVE',
    ]);
    s.reply('DeactivateChannel');
    expect(s.fact({ type: 'ChannelDeactivated', target: s.channel() }).map(inWords)).toEqual([
      '~ChannelInfoChanged INACTIVE not_ready logout',
      '~ChannelStateUpdated INACTIVE',
      '~ChannelGroupStateUpdated INACTIVE',
    ]);
    const rest = s.answerAll();
    expect(shown(rest)).toEqual([]);
    expect(rest.at(-1)).toMatchObject({ type: 'SessionClosed', data: { reason: 'logged-out' } });
  });

  it('does not deactivate where the switch cannot', () => {
    const s = sessionScenario();
    s.prepare();
    s.bind();
    const adapter = { instance: 'sim-1', capabilities: { 'channel-activation-supported': false } };
    s.send({ type: 'StartSession', target: s.target }, adapter);
    s.answerAll();
    s.send({ type: 'LogOut', target: s.target });
    s.reply('MakeNotReady');
    expect(s.asked()).toEqual(['DisposeChannel']);
  });

  it('takes a call that is over with it, silently', () => {
    const s = wrappingUp();
    s.send({ type: 'LogOut', target: s.target });
    const events = s.answerAll();
    expect(events.map(inWords)).toContain('> DisposeInteraction');
    expect(shown(events)).toEqual([]);
    expect(events.map(inWords)).toContain('~InteractionDisposed');
    expect(s.state().phase).toBe('CLOSED');
  });

  it.each([
    ['rings', () => undefined],
    ['talks', (s: SessionScenario) => s.fact({ type: 'ConversationTalking', target: s.conversation() })],
    [
      'is just ending',
      (s: SessionScenario) => s.fact({ type: 'ConversationEnded', target: s.conversation() }),
    ],
  ])('is refused while a call %s', (_, happens) => {
    const s = sessionScenario(INBOUND_CALL);
    s.start();
    s.offer();
    happens(s);
    expect(s.send({ type: 'LogOut', target: s.target })).toMatchObject({
      ok: false,
      error: { code: 'ONGOING_INTERACTION' },
    });
  });

  it('is refused while a call is dialled or on its way in', () => {
    const s = sessionScenario();
    s.start();
    s.send({ type: 'Dial', target: s.channel(), destination: '5550199' });
    expect(s.send({ type: 'LogOut', target: s.target })).toMatchObject({
      error: { code: 'ONGOING_INTERACTION' },
    });
    s.answerAll();
    s.fact({ type: 'InteractionOffered', target: s.channel(), nativeId: 'i' });
    expect(s.send({ type: 'LogOut', target: s.target })).toMatchObject({
      error: { code: 'ONGOING_INTERACTION' },
    });
  });

  it('counts as done when the switch ends the session itself', () => {
    const s = leaving();
    until(s, 'LogOutAgent');
    const events = s.fact({ type: 'SessionEnded', target: s.target });
    expect(shown(events)).toEqual([]);
    expect(events.slice(-2).map(inWords)).toEqual(['CommandCompleted success', 'SessionClosed logged-out']);
  });

  it('answers what else was under way before it ends', () => {
    const s = sessionScenario();
    s.start();
    s.send({ type: 'MakeReady', target: s.channel() });
    s.send({ type: 'LogOut', target: s.target });
    for (const step of STEPS) s.reply(step);
    expect(s.history().slice(-3).map(inWords)).toEqual([
      'CommandCompleted SESSION_CLOSED',
      'CommandCompleted success',
      'SessionClosed logged-out',
    ]);
  });
});

describe('a logout that fails', () => {
  it('at its first step changes nothing', () => {
    const s = leaving();
    expect(s.refuse('MakeNotReady', 'No.').map(inWords)).toEqual([
      '< refused',
      'LogOutFailed',
      'CommandCompleted CTI_ERROR',
    ]);
    expect(s.state()).toMatchObject({ phase: 'STARTED', logOut: null });
  });

  it('tells what it changed before it is answered', () => {
    const s = leaving();
    s.reply('MakeNotReady');
    s.fact({ type: 'AgentNotReady', target: s.channel(), busy: false, reasonCode: 'logout' });
    expect(shown(s.refuse('DeactivateChannel'))).toEqual([
      'ChannelInfoChanged ACTIVE not_ready logout',
      'ChannelStateUpdated ACTIVE',
    ]);
    expect(s.history().at(-1)).toMatchObject({ type: 'CommandCompleted' });
  });

  it('at its last step gives up the channels, says so, and sets them up anew', () => {
    const s = leaving();
    until(s, 'DeactivateChannel');
    s.reply('DeactivateChannel');
    s.fact({ type: 'ChannelDeactivated', target: s.channel() });
    for (const step of STEPS.slice(2, 6)) s.reply(step);
    expect(s.refuse('LogOutAgent').map(inWords)).toEqual([
      '< refused',
      'LogOutFailed',
      'ChannelInfoChanged INACTIVE not_ready',
      'ChannelStateUpdated INACTIVE',
      'ChannelGroupStateUpdated INACTIVE',
      'ChannelDisposed',
      'ChannelGroupDisposed',
      'CommandCompleted CTI_ERROR',
      '> ReadSession',
    ]);
    const before = s.history().flatMap(({ target }) => target.channel ?? []);
    expect(shown(s.answerAll())).toEqual([
      'ChannelGroupCreated',
      'ChannelGroupStateUpdated INACTIVE',
      'ChannelCreated',
      'ChannelInfoChanged ACTIVE ready',
      'ChannelStateUpdated ACTIVE',
      'ChannelInitialized',
      'ChannelGroupStateUpdated ACTIVE',
      'ChannelGroupInitialized',
    ]);
    expect(before).not.toContain(s.channel().channel);
    expect(s.send({ type: 'LogOut', target: s.target }).ok).toBe(true);
  });

  it('gives nothing up while a step that may fail is out, though the channel has changed by itself', () => {
    const s = leaving();
    until(s, 'DeactivateChannel');
    s.fact({ type: 'ChannelUnavailable', target: s.channel() });
    expect(s.asked()).toEqual(['DeactivateChannel']);
    s.refuse('DeactivateChannel');
    expect(s.state()).toMatchObject({ phase: 'STARTED', requests: [], channels: [{ stage: 'LIVE' }] });
  });

  it('may be tried again while nothing could be set up anew', () => {
    const s = leaving();
    until(s, 'LogOutAgent');
    s.refuse('LogOutAgent');
    s.refuse('ReadSession');
    s.send({ type: 'LogOut', target: s.target });
    expect(s.asked()).toEqual(['LogOutAgent']);
    s.answerAll();
    expect(s.state().phase).toBe('CLOSED');
  });

  it('asks again for not-ready when only the agent’s own wish for it failed', () => {
    const s = sessionScenario();
    s.start();
    s.send({ type: 'MakeNotReady', target: s.channel(), reasonCode: '7' });
    s.send({ type: 'LogOut', target: s.target });
    expect(s.refuse('MakeNotReady').map(inWords)).toEqual([
      '< refused',
      'CommandCompleted CTI_ERROR',
      '> MakeNotReady',
    ]);
    expect(s.state().phase).toBe('LOGGING_OUT');
  });

  it('hears of what happened to calls meanwhile', () => {
    const s = wrappingUp();
    s.send({ type: 'LogOut', target: s.target });
    const offered = { type: 'InteractionOffered', target: s.channel(), nativeId: 'j' } as const;
    expect(s.fact(offered).map(inWords)).toEqual(['SwitchFactDeferred InteractionOffered']);
    expect(
      s
        .fact({ type: 'InteractionDataChanged', target: s.interaction(), changes: { vip: 'yes' } })
        .map(inWords),
    ).toEqual(['SwitchFactDeferred InteractionDataChanged']);
    expect(s.refuse('MakeNotReady').map(inWords)).toEqual([
      '< refused',
      'LogOutFailed',
      'CommandCompleted CTI_ERROR',
      '> RegisterInteraction',
      'InteractionDataChanged',
    ]);
  });

  it('gives the log-out of the switch two minutes', () => {
    const s = leaving();
    until(s, 'LogOutAgent');
    expect(s.after(119_999)).toEqual([]);
    expect(s.after(1).map(inWords).slice(0, 2)).toEqual(['< timeout', 'LogOutFailed']);
  });

  it('is not tried again for an absent agent under "keep"', () => {
    const s = sessionScenario();
    s.start();
    s.send({ type: 'LogOut', target: s.target });
    s.must({ kind: 'unbind', binding: 'binding-1', reason: 'closed' });
    expect(s.refuse('MakeNotReady')).toMatchObject([
      { type: 'SwitchAnswered' },
      { type: 'LogOutFailed', data: { retryAt: null } },
      { type: 'CommandCompleted' },
    ]);
    expect(s.after(999_999)).toEqual([]);
  });

  it('ends although the adapter restarted and knows nothing of the session', () => {
    const s = leaving();
    for (const step of STEPS) {
      s.reply(step, { ok: false, cause: 'unknown', message: 'The adapter was restarted.' });
    }
    expect(s.state().phase).toBe('CLOSED');
  });
});
