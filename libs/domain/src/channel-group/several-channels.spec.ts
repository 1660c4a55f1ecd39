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
import { type ChannelState } from '../values.ts';

const world = (state: ChannelState, ready = false): SwitchWorld => ({
  ...MANY_CHANNELS,
  alone: [],
  channel: Object.fromEntries(
    ['1001', 'chat', 'mail'].map((nativeId) => [
      nativeId,
      {
        state,
        agent: ready ? { status: 'ready', lastReasonCode: '', lastReasonName: '' } : null,
        interactions: [],
      },
    ]),
  ),
});

const started = (of: SwitchWorld): SessionScenario => {
  const s = sessionScenario(of);
  s.start(RESUME_POLICY, FULL_ADAPTER);
  return s;
};

const words = (taken: ReturnType<SessionScenario['send']>): readonly string[] =>
  taken.ok ? taken.value.map(inWords) : [taken.error.code];

const activateAll = (s: SessionScenario, options: { id: string; queue?: string }[] = []) =>
  words(s.send({ type: 'ActivateAll', target: s.group(), options }));
const deactivateAll = (s: SessionScenario) => words(s.send({ type: 'DeactivateAll', target: s.group() }));
const removeGroup = (s: SessionScenario) =>
  words(s.send({ type: 'RemoveChannelGroup', target: s.target, id: s.group().channelgroup ?? '' }));

/** The switch agrees and the channel follows. */
const activated = (s: SessionScenario, nativeId: string): readonly string[] => [
  ...s.reply('ActivateChannel').map(inWords),
  ...s.fact({ type: 'ChannelActivated', target: s.channelAt(nativeId) }).map(inWords),
];
const deactivated = (s: SessionScenario, nativeId: string): readonly string[] => [
  ...s.reply('DeactivateChannel').map(inWords),
  ...s.fact({ type: 'ChannelDeactivated', target: s.channelAt(nativeId) }).map(inWords),
];

const IN = ['ChannelInfoChanged ACTIVE not_ready', 'ChannelStateUpdated ACTIVE'];
const OUT = ['ChannelInfoChanged INACTIVE not_ready', 'ChannelStateUpdated INACTIVE'];

describe('activateall (B2 row 14)', () => {
  it('goes from channel to channel in order and is answered behind the last', () => {
    const s = started(world('INACTIVE'));
    expect(activateAll(s)).toEqual(['CommandAccepted', '> ActivateChannel']);
    expect(activated(s, '1001')).toEqual([
      '<',
      ...IN,
      'ChannelGroupStateUpdated PARTIAL',
      '> ActivateChannel',
    ]);
    expect(activated(s, 'chat')).toEqual(['<', ...IN, '> ActivateChannel']);
    expect(activated(s, 'mail')).toEqual([
      '<',
      ...IN,
      'ChannelGroupStateUpdated ACTIVE',
      'CommandCompleted success',
    ]);
  });

  it('passes the queue of each channel on and skips those that are active', () => {
    const s = started({
      ...world('INACTIVE'),
      channel: { ...world('INACTIVE').channel, 1001: { state: 'ACTIVE', agent: null, interactions: [] } },
    });
    const id = s.channelAt('chat').channel ?? '';
    activateAll(s, [{ id, queue: '7000' }]);
    expect(s.state().requests).toMatchObject([{ request: { target: s.channelAt('chat'), queue: '7000' } }]);
    activated(s, 'chat');
    expect(s.state().requests).toMatchObject([{ request: { target: s.channelAt('mail') } }]);
    expect(activateAll(started(world('ACTIVE')))).toEqual(['CommandAccepted', 'CommandCompleted success']);
  });

  it('does not wait for ever for a channel that does not follow', () => {
    const s = started(world('INACTIVE'));
    activateAll(s);
    expect(s.reply('ActivateChannel').map(inWords)).toEqual(['<']);
    expect(s.after(1_999)).toEqual([]);
    expect(s.after(1).map(inWords)).toEqual(['> ActivateChannel']);
    s.reply('ActivateChannel');
    s.after(2_000);
    s.reply('ActivateChannel');
    expect(s.after(2_000).map(inWords)).toEqual(['CommandCompleted success']);
  });

  it('stops at the first refusal, and what was done stays done', () => {
    const s = started(world('INACTIVE'));
    activateAll(s);
    activated(s, '1001');
    expect(s.refuse('ActivateChannel').map(inWords)).toEqual(['< refused', 'CommandCompleted CTI_ERROR']);
    expect(s.state().channels.map((one) => 'state' in one && one.state)).toEqual([
      'ACTIVE',
      'INACTIVE',
      'INACTIVE',
    ]);
    expect(s.asked()).toEqual([]);
  });

  it('stops at a channel that another agent has, be it taken meanwhile', () => {
    const s = started(world('INACTIVE'));
    s.fact({ type: 'ChannelUnavailable', target: s.channelAt('chat') });
    activateAll(s);
    expect(activated(s, '1001').at(-1)).toBe('CommandCompleted CHANNEL_UNAVAILABLE');
    const late = started(world('INACTIVE'));
    activateAll(late);
    late.reply('ActivateChannel');
    const taken = late.fact({ type: 'ChannelUnavailable', target: late.channelAt('1001') });
    expect(taken.map(inWords).at(-1)).toBe('CommandCompleted CHANNEL_UNAVAILABLE');
  });

  it('is refused for strange options, while another one runs, and where channels cannot be activated', () => {
    const s = started(world('INACTIVE'));
    expect(activateAll(s, [{ id: 'strange' }])).toEqual(['INVALID_DATA']);
    activateAll(s);
    expect(activateAll(s)).toEqual(['INVALID_STATE']);
    expect(deactivateAll(s)).toEqual(['INVALID_STATE']);
    expect(removeGroup(s)).toEqual(['INVALID_STATE']);
    const fixed = sessionScenario(world('INACTIVE'));
    const capabilities = { 'channel-activation-supported': false };
    fixed.start(RESUME_POLICY, { instance: 'sim-1', capabilities });
    expect([activateAll(fixed), deactivateAll(fixed)]).toEqual([['NOT_SUPPORTED'], ['NOT_SUPPORTED']]);
  });

  it('ends with the session', () => {
    const s = started(world('INACTIVE'));
    activateAll(s);
    s.reply('ActivateChannel');
    const ended = s.fact({ type: 'SessionEnded', target: s.target }).map(inWords);
    expect(ended).toContain('CommandCompleted SESSION_CLOSED');
  });
});

describe('deactivateall (B2 row 15)', () => {
  it('takes a ready agent not ready first, channel by channel', () => {
    const s = started({
      ...world('ACTIVE', true),
      channels: { g: [{ nativeId: '1001', channelType: 'TELEPHONY' }] },
    });
    expect(deactivateAll(s)).toEqual(['CommandAccepted', '> MakeNotReady']);
    s.reply('MakeNotReady');
    const away = s.fact({ type: 'AgentNotReady', target: s.channel(), busy: false, reasonCode: 'logout' });
    expect(away.map(inWords)).toEqual([
      'ChannelInfoChanged ACTIVE not_ready logout',
      'ChannelStateUpdated ACTIVE',
      '> DeactivateChannel',
    ]);
    expect(deactivated(s, '1001')).toEqual([
      '<',
      'ChannelInfoChanged INACTIVE not_ready logout',
      'ChannelStateUpdated INACTIVE',
      'ChannelGroupStateUpdated INACTIVE',
      'CommandCompleted success',
    ]);
  });

  it('skips channels that another agent has and stops at one with an interaction', () => {
    const s = started({
      ...world('ACTIVE'),
      interaction: { i: { state: 'ALERTING', data: {}, primary: null, consult: null } },
    });
    s.fact({ type: 'ChannelUnavailable', target: s.channelAt('1001') });
    s.fact({ type: 'InteractionOffered', target: s.channelAt('mail'), nativeId: 'i' });
    s.answerAll();
    deactivateAll(s);
    expect(s.state().requests).toMatchObject([{ request: { target: s.channelAt('chat') } }]);
    expect(deactivated(s, 'chat')).toEqual(['<', ...OUT, 'CommandCompleted ONGOING_INTERACTION']);
  });
});

describe('addchannelgroup (B1 row 5)', () => {
  const command = (s: SessionScenario, name = 'PROJECT'): Command => ({
    type: 'AddChannelGroup',
    target: s.target,
    name,
    chat: true,
    email: false,
    callback: false,
  });

  it('is answered when the group was read; then all of it is told of', () => {
    const s = started(world('ACTIVE'));
    s.world({ channels: { PROJECT: [{ nativeId: 'p-chat', channelType: 'CHAT' }] } });
    expect(words(s.send(command(s)))).toEqual(['CommandAccepted', '> RegisterChannelGroup']);
    expect(s.state().requests).toMatchObject([
      {
        request: {
          nativeId: 'PROJECT',
          wanted: { name: 'PROJECT', chat: true, email: false, callback: false },
        },
      },
    ]);
    s.reply('RegisterChannelGroup');
    const read = s.reply('ReadChannelGroup');
    expect(read.map(inWords)).toEqual([
      '<',
      'CommandCompleted success',
      'ChannelGroupCreated',
      'ChannelGroupStateUpdated INACTIVE',
      '> RegisterChannel',
    ]);
    expect(read[2]).toMatchObject({ data: { channelgroup: { name: 'PROJECT' } } });
    expect(shown(s.answerAll())).toEqual([
      'ChannelCreated',
      'ChannelStateUpdated INACTIVE',
      'ChannelInitialized',
      'ChannelGroupInitialized',
    ]);
    expect(words(s.send(command(s)))).toEqual(['CommandAccepted', 'CommandCompleted success']);
  });

  it('changes nothing where the group is there, and is refused while it is on its way', () => {
    const s = started(world('ACTIVE'));
    expect(words(s.send(command(s, 'TEAM')))).toEqual(['CommandAccepted', 'CommandCompleted success']);
    s.send(command(s));
    expect(words(s.send(command(s)))).toEqual(['INVALID_STATE']);
    expect(s.refuse('RegisterChannelGroup').map(inWords)).toEqual([
      '< refused',
      'CommandCompleted CTI_ERROR',
    ]);
    s.send(command(s));
    s.reply('RegisterChannelGroup');
    expect(s.refuse('ReadChannelGroup').map(inWords).slice(0, 2)).toEqual([
      '< refused',
      'CommandCompleted CTI_ERROR',
    ]);
    s.answerAll();
    expect(s.state().groups).toHaveLength(1);
  });

  it.each(['channel-groups-supported', 'chat-supported'])('is refused where %s is false', (capability) => {
    const s = sessionScenario();
    s.start(RESUME_POLICY, { instance: 'sim-1', capabilities: { [capability]: false } });
    expect(words(s.send(command(s)))).toEqual(['NOT_SUPPORTED']);
  });
});

describe('removechannelgroup (B1 row 6)', () => {
  it('deactivates each channel, answers, and lets all of it go', () => {
    const s = started(world('ACTIVE'));
    expect(removeGroup(s)).toEqual(['CommandAccepted', '> DeactivateChannel']);
    deactivated(s, '1001');
    deactivated(s, 'chat');
    const done = s.reply('DeactivateChannel');
    expect(done.map(inWords).slice(0, 2)).toEqual(['<', 'CommandCompleted success']);
    expect(shown(done)).toEqual([
      'ChannelDisposed',
      'ChannelDisposed',
      ...OUT,
      'ChannelDisposed',
      'ChannelGroupStateUpdated EMPTY',
      'ChannelGroupDisposed',
    ]);
    expect(removeGroup(s)).toEqual(['UNKNOWN_TARGET']);
  });

  it('stops at the first failure; what was changed before is told before', () => {
    const s = started(world('ACTIVE'));
    removeGroup(s);
    expect(deactivated(s, '1001').slice(0, 4)).toEqual(['<', ...OUT, 'ChannelGroupStateUpdated PARTIAL']);
    expect(s.refuse('DeactivateChannel').map(inWords)).toEqual(['< refused', 'CommandCompleted CTI_ERROR']);
    expect(s.state().groups).toHaveLength(1);
    expect(removeGroup(s)).toEqual(['CommandAccepted', '> DeactivateChannel']);
  });

  it('is refused for an unknown id and under an interaction', () => {
    const s = started({
      ...world('ACTIVE'),
      interaction: { i: { state: 'ALERTING', data: {}, primary: null, consult: null } },
    });
    expect(words(s.send({ type: 'RemoveChannelGroup', target: s.target, id: 'no' }))).toEqual([
      'UNKNOWN_TARGET',
    ]);
    s.fact({ type: 'InteractionOffered', target: s.channelAt('chat'), nativeId: 'i' });
    s.answerAll();
    expect(removeGroup(s)).toEqual(['ONGOING_INTERACTION']);
  });
});

describe('a channel that joins a group outside the desktop (CGP-E01)', () => {
  it('is registered and announced, once', () => {
    const s = started(world('ACTIVE'));
    const fact = {
      type: 'ChannelJoined',
      target: s.group(),
      nativeId: 'late',
      channelType: 'CALLBACK',
    } as const;
    expect(s.fact(fact).map(inWords)).toEqual(['> RegisterChannel']);
    expect(s.fact(fact)).toEqual([]);
    expect(shown(s.answerAll())).toEqual([
      'ChannelCreated',
      'ChannelStateUpdated INACTIVE',
      'ChannelGroupStateUpdated PARTIAL',
      'ChannelInitialized',
    ]);
  });

  it('waits while the group is set up', () => {
    const s = sessionScenario(world('ACTIVE'));
    s.prepare();
    s.bind();
    s.send({ type: 'StartSession', target: s.target });
    while (!s.asked().includes('ReadChannel')) s.reply(s.state().requests[0]?.request.type ?? 'Dial');
    s.fact({ type: 'ChannelJoined', target: s.group(), nativeId: 'late', channelType: 'CHAT' });
    s.answerAll();
    expect(s.state().channels.map(({ nativeId }) => nativeId)).toEqual(['1001', 'chat', 'mail', 'late']);
  });
});
