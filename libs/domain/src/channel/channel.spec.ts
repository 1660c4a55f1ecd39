import {
  inWords,
  INBOUND_CALL,
  ONE_CHANNEL,
  type SessionScenario,
  sessionScenario,
  shown,
} from '@cordboard/testing/scenario';
import { type SwitchFact } from '../switch-fact.ts';
import { type ChannelState } from '../values.ts';

const withChannel = (state: ChannelState): SessionScenario => {
  const s = sessionScenario({ ...ONE_CHANNEL, channel: { 1001: { state, agent: null, interactions: [] } } });
  s.start();
  return s;
};
const fact = (s: SessionScenario, given: Omit<SwitchFact, 'target'>) =>
  s.fact({ ...given, target: s.channel() } as SwitchFact);
const told = (s: SessionScenario, given: Omit<SwitchFact, 'target'> & Record<string, unknown>) =>
  shown(fact(s, given));

describe('what the switch says about a channel (C.4)', () => {
  it.each([
    ['INACTIVE', 'ChannelActivated', 'ACTIVE'],
    ['ACTIVE', 'ChannelDeactivated', 'INACTIVE'],
    ['INACTIVE', 'ChannelUnavailable', 'UNAVAILABLE'],
    ['ACTIVE', 'ChannelUnavailable', 'UNAVAILABLE'],
    ['UNAVAILABLE', 'ChannelAvailable', 'INACTIVE'],
    // Pairs that are not in the table: the switch is always right (D.3).
    ['UNAVAILABLE', 'ChannelActivated', 'ACTIVE'],
    ['UNAVAILABLE', 'ChannelDeactivated', 'INACTIVE'],
    ['ACTIVE', 'ChannelAvailable', 'INACTIVE'],
  ] as const)('takes it from %s by %s to %s, the group with it', (from, type, to) => {
    const s = withChannel(from);
    const group =
      (from === 'ACTIVE') === (to === 'ACTIVE')
        ? []
        : [`ChannelGroupStateUpdated ${to === 'ACTIVE' ? 'ACTIVE' : 'INACTIVE'}`];
    expect(told(s, { type })).toEqual([
      `ChannelInfoChanged ${to} not_ready`,
      `ChannelStateUpdated ${to}`,
      ...group,
    ]);
    expect(fact(s, { type })).toEqual([]);
  });

  it.each([
    [{ type: 'AgentReady', busy: false }, 'ready'],
    [{ type: 'AgentReady', busy: true }, 'busy_ready'],
    [{ type: 'AgentNotReady', busy: false, reasonCode: '7', reasonName: 'Lunch' }, 'not_ready 7'],
    [{ type: 'AgentNotReady', busy: true, reasonCode: '7' }, 'busy_not_ready 7'],
    [{ type: 'AgentNotReady', busy: false, reasonCode: 'acw' }, 'after_call_work acw'],
    [{ type: 'AgentNotReady', busy: true, reasonCode: 'acw' }, 'busy_after_call_work acw'],
  ])('maps %j to %s', (given, words) => {
    const s = withChannel('ACTIVE');
    expect(told(s, given as never)).toEqual([
      `ChannelInfoChanged ACTIVE ${words}`,
      'ChannelStateUpdated ACTIVE',
    ]);
    expect(fact(s, given as never)).toEqual([]);
  });

  it('keeps the last reason while nothing says otherwise', () => {
    const s = withChannel('ACTIVE');
    fact(s, { type: 'AgentNotReady', busy: false, reasonCode: '7', reasonName: 'Lunch' } as never);
    expect(told(s, { type: 'AgentReady', busy: false })[0]).toBe('ChannelInfoChanged ACTIVE ready 7');
    expect(told(s, { type: 'AgentNotReady', busy: false })[0]).toBe('ChannelInfoChanged ACTIVE not_ready 7');
    expect(s.state().channels).toMatchObject([{ agent: { lastReasonCode: '7', lastReasonName: 'Lunch' } }]);
  });

  it('makes its own reason readable', () => {
    const s = withChannel('ACTIVE');
    expect(fact(s, { type: 'AgentNotReady', busy: false, reasonCode: 'logout' } as never)[0]).toMatchObject({
      data: { agentStatus: { lastReasonCode: 'logout', lastReasonName: 'Logging out' } },
    });
  });

  it('forgets a channel that vanished, its calls first', () => {
    const s = sessionScenario(INBOUND_CALL);
    s.start();
    s.offer();
    expect(fact(s, { type: 'ChannelVanished' }).map(inWords)).toEqual([
      'ConversationStateUpdated RELEASED',
      '> DisposeConversation',
      'ConversationDisposed',
      'InteractionEnded',
      'InteractionStateUpdated ENDED',
      '> DisposeInteraction',
      'InteractionDisposed',
      '> DisposeChannel',
      '> RemoveChannel',
      'ChannelDisposed',
      'ChannelGroupStateUpdated EMPTY',
    ]);
    expect(shown(s.answerAll())).toEqual([]);
  });

  it('tells how many channels of a group are active', () => {
    const s = sessionScenario({
      ...ONE_CHANNEL,
      channels: {
        g: [
          { nativeId: '1001', channelType: 'TELEPHONY' },
          { nativeId: 'chat', channelType: 'CHAT' },
        ],
      },
    });
    s.start();
    expect(s.state().groups).toMatchObject([{ state: 'PARTIAL' }]);
    const [, chat] = s.state().channels;
    expect(shown(s.fact({ type: 'ChannelActivated', target: chat?.target ?? s.target }))).toContain(
      'ChannelGroupStateUpdated ACTIVE',
    );
  });
});

describe('what the agent asks of a channel', () => {
  it.each([
    ['INACTIVE', { type: 'ActivateChannel', queue: 'sales' }],
    ['ACTIVE', { type: 'DeactivateChannel', reason: '3' }],
    ['ACTIVE', { type: 'MakeReady' }],
    ['ACTIVE', { type: 'MakeNotReady', reasonCode: '7', reasonName: 'Lunch' }],
    ['ACTIVE', { type: 'Dial', destination: '5550199' }],
  ] as const)('passes on to the switch: %s %j', (state, command) => {
    const s = withChannel(state);
    const target = s.channel();
    const sent = s.send({ ...command, target });
    expect(sent.ok && sent.value[1]).toMatchObject({
      type: 'SwitchRequested',
      data: { request: { ...command, target }, deadlineAt: s.now() + 30_000, commandId: 'command-2' },
    });
    const before = s.state().channels.map(({ path }) => path);
    expect(s.answerAll().map(inWords)).toEqual(['<', 'CommandCompleted success']);
    expect(s.state().channels.map(({ path }) => path)).toEqual(before);
  });

  it('takes a ready agent not-ready before the channel is deactivated', () => {
    const s = sessionScenario();
    s.start();
    const sent = s.send({ type: 'DeactivateChannel', target: s.channel(), reason: '3' });
    expect(sent.ok && sent.value[1]).toMatchObject({
      data: { request: { type: 'MakeNotReady', reasonCode: 'logout' } },
    });
    expect(s.reply('MakeNotReady').at(-1)).toMatchObject({
      data: { request: { type: 'DeactivateChannel', reason: '3' } },
    });
    expect(s.reply('DeactivateChannel').map(inWords)).toEqual(['<', 'CommandCompleted success']);
  });

  it('leaves the channel as it is when the agent cannot be taken not-ready', () => {
    const s = sessionScenario();
    s.start();
    s.send({ type: 'DeactivateChannel', target: s.channel() });
    expect(s.refuse('MakeNotReady').map(inWords)).toEqual(['< refused', 'CommandCompleted CTI_ERROR']);
    expect(s.asked()).toEqual([]);
  });
});

describe('a channel of a type that is not supported (bridge B.4, T-26)', () => {
  const pager = (): SessionScenario => {
    const s = sessionScenario({
      ...INBOUND_CALL,
      channels: { g: [{ nativeId: '1001', channelType: 'PAGER' }] },
      channel: {
        1001: {
          state: 'ACTIVE',
          agent: { status: 'ready', lastReasonCode: '', lastReasonName: '' },
          interactions: [{ nativeId: 'i' }],
        },
      },
    });
    s.start();
    return s;
  };

  it('shows whether somebody is logged in on it, and nothing else', () => {
    const s = pager();
    expect(s.state().channels).toMatchObject([{ state: 'ACTIVE', agent: { status: 'not_ready' } }]);
    expect(s.state().interactions).toEqual([]);
    expect(told(s, { type: 'AgentReady', busy: false })).toEqual([]);
    expect(told(s, { type: 'AgentNotReady', busy: false, reasonCode: '7' })).toEqual([]);
    expect(fact(s, { type: 'InteractionOffered', nativeId: 'j' } as never)).toEqual([]);
    expect(told(s, { type: 'ChannelUnavailable' })).toContain('ChannelStateUpdated UNAVAILABLE');
    expect(told(s, { type: 'ChannelAvailable' })).toContain('ChannelStateUpdated INACTIVE');
    expect(told(s, { type: 'ChannelVanished' })).toContain('ChannelDisposed');
  });

  it.each(['ActivateChannel', 'DeactivateChannel', 'MakeReady'] as const)('refuses %s', (type) => {
    const s = pager();
    expect(s.send({ type, target: s.channel() })).toMatchObject({ error: { code: 'NOT_SUPPORTED' } });
  });

  it('is only let go of at a logout', () => {
    const s = pager();
    s.send({ type: 'LogOut', target: s.target });
    expect(s.asked()).toEqual(['DisposeChannel']);
    expect(s.answerAll().at(-1)).toMatchObject({ type: 'SessionClosed', data: { reason: 'logged-out' } });
  });
});
