import {
  FULL_ADAPTER,
  inWords,
  MANY_CHANNELS,
  RESUME_POLICY,
  type SessionScenario,
  sessionScenario,
  shown,
  type SwitchWorld,
} from '@cordboard/testing/scenario';
import { type Command } from '../command.ts';
import { recoveryEvents } from './recovery.ts';

const started = (world: SwitchWorld = MANY_CHANNELS): SessionScenario => {
  const s = sessionScenario(world);
  s.start(RESUME_POLICY, FULL_ADAPTER);
  return s;
};

const codeOf = (s: SessionScenario, command: Command): string => {
  const taken = s.send(command);
  return taken.ok ? 'OK' : taken.error.code;
};

const add = (s: SessionScenario, endpoint = 'solo', channelType = 'CHAT') =>
  s.send({ type: 'AddChannel', target: s.target, endpoint, channelType });

const remove = (s: SessionScenario, nativeId = 'desk'): Command => ({
  type: 'RemoveChannel',
  target: s.target,
  id: s.channelAt(nativeId).channel ?? '',
});

describe('stand-alone channels', () => {
  it('come in after the groups, with what goes on there', () => {
    const s = sessionScenario({
      alone: [
        { nativeId: 'desk', channelType: 'TELEPHONY' },
        { nativeId: 'desk', channelType: 'TELEPHONY' },
      ],
      channel: { desk: { state: 'ACTIVE', agent: null, interactions: [{ nativeId: 'i' }] } },
      interaction: { i: { state: 'ENDED', data: {}, primary: null, consult: null } },
    });
    expect(shown(s.start())).toEqual([
      'ChannelCreated',
      'ChannelInfoChanged ACTIVE not_ready',
      'ChannelStateUpdated ACTIVE',
      'InteractionCreated',
      'InteractionStateUpdated ENDED',
      'InteractionDataChanged',
      'InteractionInitialized',
      'ChannelInitialized',
      'SessionInitialized',
    ]);
    const { session } = s.target;
    expect(s.channel()).toEqual({ session, channel: s.channel().channel });
    expect(s.interaction()).toEqual({ ...s.channel(), interaction: s.interaction().interaction });
  });

  it('are part of what a new desktop is shown, behind the groups', () => {
    const s = started();
    expect(recoveryEvents(s.state()).slice(-5)).toMatchObject([
      { type: 'ChannelCreated', target: s.target },
      { type: 'ChannelInfoChanged', target: s.channelAt('desk') },
      { type: 'ChannelStateUpdated' },
      { type: 'ChannelInitialized' },
      { type: 'SessionInitialized' },
    ]);
  });

  it('are worked on like any other', () => {
    const s = started();
    const target = s.channelAt('desk');
    s.send({ type: 'MakeNotReady', target, reasonCode: '7' });
    s.answerAll();
    expect(shown(s.fact({ type: 'AgentNotReady', target, busy: false, reasonCode: '7' }))).toEqual([
      'ChannelInfoChanged ACTIVE not_ready 7',
      'ChannelStateUpdated ACTIVE',
    ]);
    expect(shown(s.fact({ type: 'ChannelUnavailable', target }))).toEqual([
      'ChannelInfoChanged UNAVAILABLE not_ready 7',
      'ChannelStateUpdated UNAVAILABLE',
    ]);
  });

  it('vanish, and go with the session', () => {
    const s = started();
    const gone = s.fact({ type: 'ChannelVanished', target: s.channelAt('desk') });
    expect(gone.map(inWords)).toEqual(['> DisposeChannel', '> RemoveChannel', 'ChannelDisposed']);
    expect(gone[1]).toMatchObject({ data: { request: { target: s.target } } });
    const other = started();
    const ended = other.fact({ type: 'SessionEnded', target: other.target });
    expect(ended.map(inWords).slice(-7)).toEqual([
      'ChannelInfoChanged INACTIVE not_ready',
      'ChannelStateUpdated INACTIVE',
      '> DisposeChannel',
      '> RemoveChannel',
      'ChannelDisposed',
      '> DisposeSession',
      'SessionClosed ended-by-switch',
    ]);
  });

  it('are logged out with the others, before the groups, and read again when that fails', () => {
    const s = started();
    s.send({ type: 'LogOut', target: s.target });
    const asked: string[] = [];
    while (!s.asked().includes('LogOutAgent')) {
      asked.push(...s.asked());
      s.reply(s.state().requests[0]?.request.type ?? 'Dial');
    }
    expect(asked.filter((type) => type === 'MakeNotReady' || type === 'DeactivateChannel')).toHaveLength(8);
    expect(asked.slice(-4)).toEqual([
      'DisposeChannel',
      'RemoveChannel',
      'DisposeChannelGroup',
      'RemoveChannelGroup',
    ]);
    const failed = s.refuse('LogOutAgent').map(inWords);
    expect(failed.filter((word) => word === 'ChannelDisposed')).toHaveLength(4);
    expect(failed.at(-1)).toBe('> ReadSession');
    s.answerAll();
    expect(
      s
        .state()
        .channels.map(({ nativeId }) => nativeId)
        .sort(),
    ).toEqual(['1001', 'chat', 'desk', 'mail']);
  });
});

describe('addchannel (B1 row 3)', () => {
  it('is answered when the channel was read; then the channel is told of', () => {
    const s = started({});
    const sent = add(s);
    expect(sent.ok && sent.value.map(inWords)).toEqual(['CommandAccepted', '> RegisterChannel']);
    expect(s.reply('RegisterChannel').map(inWords)).toEqual(['<', '> ReadChannel']);
    expect(s.reply('ReadChannel').map(inWords)).toEqual([
      '<',
      'CommandCompleted success',
      'ChannelCreated',
      'ChannelStateUpdated INACTIVE',
      'ChannelInitialized',
    ]);
  });

  it('fails with the registration, and with the reading', () => {
    const s = started({});
    add(s);
    expect(s.refuse('RegisterChannel').map(inWords)).toEqual(['< refused', 'CommandCompleted CTI_ERROR']);
    expect(s.state().channels).toEqual([]);
    add(s);
    s.reply('RegisterChannel');
    expect(s.refuse('ReadChannel').map(inWords)).toEqual([
      '< refused',
      'CommandCompleted CTI_ERROR',
      '> DisposeChannel',
    ]);
    s.answerAll();
    expect(s.state().channels).toEqual([]);
  });

  it('is refused for a channel that is there, on its way, of no media here, or on a switch without them', () => {
    const s = started();
    const command = { type: 'AddChannel', target: s.target, channelType: 'CHAT' } as const;
    expect(codeOf(s, { ...command, endpoint: 'desk' })).toBe('INVALID_STATE');
    expect(codeOf(s, { ...command, endpoint: ' ' })).toBe('INVALID_DATA');
    expect(codeOf(s, { ...command, endpoint: 'solo' })).toBe('OK');
    expect(codeOf(s, { ...command, endpoint: 'solo' })).toBe('INVALID_STATE');
    expect(codeOf(s, { type: 'LogOut', target: s.target })).toBe('INVALID_STATE');
    s.answerAll();
    // The end point of a channel in a group is another matter: ids are the parent's own.
    expect(codeOf(s, { ...command, endpoint: 'chat' })).toBe('OK');
    const plain = sessionScenario();
    plain.start();
    expect(codeOf(plain, { ...command, target: plain.target, endpoint: 'solo' })).toBe('NOT_SUPPORTED');
    const deaf = sessionScenario();
    const capabilities = { ...FULL_ADAPTER.capabilities, 'chat-supported': false };
    deaf.start(RESUME_POLICY, { instance: 'sim-1', capabilities });
    expect(codeOf(deaf, { ...command, target: deaf.target, endpoint: 'solo' })).toBe('NOT_SUPPORTED');
  });
});

describe('removechannel (B1 row 4)', () => {
  it('takes the agent not ready and out first; the channel is told of behind the answer', () => {
    const s = started();
    const target = s.channelAt('desk');
    const sent = s.send(remove(s));
    expect(sent.ok && sent.value.map(inWords)).toEqual(['CommandAccepted', '> MakeNotReady']);
    expect(s.reply('MakeNotReady').map(inWords)).toEqual(['<']);
    expect(s.fact({ type: 'AgentNotReady', target, busy: false }).map(inWords)).toEqual([
      'ChannelInfoChanged ACTIVE not_ready',
      'ChannelStateUpdated ACTIVE',
      '> DeactivateChannel',
    ]);
    expect(s.reply('DeactivateChannel').map(inWords)).toEqual([
      '<',
      'CommandCompleted success',
      'ChannelInfoChanged INACTIVE not_ready',
      'ChannelStateUpdated INACTIVE',
      '> DisposeChannel',
      '> RemoveChannel',
      'ChannelDisposed',
    ]);
    expect(s.fact({ type: 'ChannelDeactivated', target })).toEqual([]);
  });

  it('asks nothing for a channel that is inactive', () => {
    const s = started({ alone: [{ nativeId: 'desk', channelType: 'TELEPHONY' }] });
    const sent = s.send(remove(s));
    expect(sent.ok && sent.value.map(inWords)).toEqual([
      'CommandAccepted',
      'CommandCompleted success',
      '> DisposeChannel',
      '> RemoveChannel',
      'ChannelDisposed',
    ]);
  });

  it.each(['MakeNotReady', 'DeactivateChannel'] as const)('fails with %s and leaves the channel', (step) => {
    const s = started();
    s.send(remove(s));
    if (step === 'DeactivateChannel') {
      s.reply('MakeNotReady');
      expect(s.after(1_999)).toEqual([]);
      expect(s.after(1).map(inWords)).toEqual(['> DeactivateChannel']);
    }
    expect(s.refuse(step).map(inWords)).toEqual(['< refused', 'CommandCompleted CTI_ERROR']);
    expect(s.channelAt('desk')).not.toEqual(s.target);
  });

  it('is refused for what is unknown or in a group, under a call, twice, and before the start is over', () => {
    const s = started({
      ...MANY_CHANNELS,
      interaction: { i: { state: 'ALERTING', data: {}, primary: null, consult: null } },
    });
    expect(codeOf(s, { type: 'RemoveChannel', target: s.target, id: 'nobody' })).toBe('UNKNOWN_TARGET');
    expect(codeOf(s, remove(s, '1001'))).toBe('UNKNOWN_TARGET');
    const { channelgroup = '', channel = '' } = s.channelAt('1001');
    expect(codeOf(s, { type: 'RemoveChannel', target: s.target, id: `${channelgroup}.${channel}` })).toBe(
      'UNKNOWN_TARGET',
    );
    s.fact({ type: 'InteractionOffered', target: s.channelAt('desk'), nativeId: 'i' });
    expect(codeOf(s, remove(s))).toBe('ONGOING_INTERACTION');
    s.answerAll();
    expect(codeOf(s, remove(s))).toBe('ONGOING_INTERACTION');
    s.fact({ type: 'InteractionCompleted', target: s.interaction() });
    s.answerAll();
    expect(codeOf(s, remove(s))).toBe('OK');
    expect(codeOf(s, remove(s))).toBe('INVALID_STATE');
    expect(codeOf(s, { type: 'LogOut', target: s.target })).toBe('INVALID_STATE');
  });

  it('does not cut off what came in meanwhile', () => {
    const s = started({
      ...MANY_CHANNELS,
      interaction: { i: { state: 'ALERTING', data: {}, primary: null, consult: null } },
    });
    s.send(remove(s));
    s.fact({ type: 'InteractionOffered', target: s.channelAt('desk'), nativeId: 'i' });
    expect(s.reply('MakeNotReady').map(inWords)).toEqual(['<']);
    expect(s.after(2_000).map(inWords)).toEqual(['CommandCompleted ONGOING_INTERACTION']);
    s.answerAll();
    expect(s.state().interactions).toHaveLength(1);
  });

  it('lets an interaction that is over go with it', () => {
    const s = started({
      ...MANY_CHANNELS,
      interaction: { i: { state: 'ENDED', data: {}, primary: null, consult: null } },
    });
    s.fact({ type: 'InteractionOffered', target: s.channelAt('desk'), nativeId: 'i' });
    s.answerAll();
    s.send(remove(s));
    s.reply('MakeNotReady');
    s.after(2_000);
    expect(s.reply('DeactivateChannel').map(inWords)).toEqual([
      '<',
      'CommandCompleted success',
      '> DisposeInteraction',
      'InteractionDisposed',
      'ChannelInfoChanged INACTIVE not_ready',
      'ChannelStateUpdated INACTIVE',
      '> DisposeChannel',
      '> RemoveChannel',
      'ChannelDisposed',
    ]);
  });
});
