import {
  FULL_ADAPTER,
  inWords,
  MANY_CHANNELS,
  RESUME_POLICY,
  type SessionScenario,
  sessionScenario,
  type SwitchWorld,
  WALK_HOUSE,
} from '@cordboard/testing/scenario';
import { type Command } from '../command.ts';
import { LIMITS } from '../limits.ts';
import { type SessionPolicy } from '../session-event.ts';
import { nextDeadlineAt } from './queries.ts';
import { recoveryEvents } from './recovery.ts';

const LISTS: SwitchWorld['lists'] = {
  ReadNotReadyReasons: { of: 'notreadyreasons', reasons: [] },
  ReadLogoutReasons: { of: 'logoutreasons', reasons: [] },
  ReadDispositions: { of: 'dispositions', dispositions: [] },
  ReadAddressBook: { of: 'addressbook', addressBooks: [] },
  ReadOutboundSkills: { of: 'outboundskills', skills: [] },
};

const IDLE: SwitchWorld = {
  ...MANY_CHANNELS,
  lists: LISTS,
  channel: Object.fromEntries(
    ['1001', 'chat', 'mail', 'desk'].map((nativeId) => [
      nativeId,
      { state: 'ACTIVE', agent: null, interactions: [] },
    ]),
  ),
};

const started = (
  world: SwitchWorld = IDLE,
  policy: SessionPolicy = RESUME_POLICY,
  adapter = FULL_ADAPTER,
): SessionScenario => {
  const s = sessionScenario(world);
  s.house(WALK_HOUSE);
  s.start(policy, adapter);
  return s;
};

const send = (s: SessionScenario, command: Command): readonly string[] => {
  const taken = s.send(command);
  return taken.ok ? taken.value.map(inWords) : [taken.error.code];
};
const words = (events: readonly Parameters<typeof inWords>[0][]): readonly string[] => events.map(inWords);

const removeGroup = (s: SessionScenario): Command => ({
  type: 'RemoveChannelGroup',
  target: s.target,
  id: s.group().channelgroup ?? '',
});
const removeDesk = (s: SessionScenario): Command => ({
  type: 'RemoveChannel',
  target: s.target,
  id: s.channelAt('desk').channel ?? '',
});
const joins = (s: SessionScenario) =>
  s.fact({ type: 'ChannelJoined', target: s.group(), nativeId: 'late', channelType: 'CHAT' });

describe('while a list is read', () => {
  it.each([
    ['GetNotReadyReasons', 'ReadNotReadyReasons'],
    ['GetLogoutReasons', 'ReadLogoutReasons'],
    ['GetDispositions', 'ReadDispositions'],
  ] as const)('%s fails when the agent logs out, since nothing could be told', (type, read) => {
    const s = started();
    send(s, { type, target: type === 'GetDispositions' ? s.channel() : s.target });
    send(s, { type: 'LogOut', target: s.target });
    expect(words(s.reply(read)).slice(0, 2)).toEqual(['<', 'CommandCompleted INVALID_STATE']);
  });

  it('fails when its channel has gone: nothing is told of what was disposed of', () => {
    const s = started();
    const target = s.channelAt('desk');
    send(s, { type: 'GetDispositions', target });
    s.fact({ type: 'ChannelVanished', target });
    expect(words(s.reply('ReadDispositions'))).toEqual(['<', 'CommandCompleted UNKNOWN_TARGET']);
  });
});

describe('while the address book is read', () => {
  const get = (s: SessionScenario, realtime: boolean) =>
    send(s, { type: 'GetAddressBook', target: s.target, realtime });
  const stop = (s: SessionScenario) => send(s, { type: 'StopAddressBook', target: s.target });
  const change = (s: SessionScenario) =>
    words(s.fact({ type: 'AddressBookChanged', target: s.target, addressBooks: [] }));

  it('a stop waits for the reading, and is the last word', () => {
    const s = started();
    get(s, true);
    expect(stop(s)).toEqual(['CommandAccepted']);
    expect(words(s.reply('ReadAddressBook'))).toEqual([
      '<',
      'AddressBookFollowed',
      'CommandCompleted success',
      '> StopAddressBook',
    ]);
    s.answerAll();
    expect(change(s)).toEqual([]);
  });

  it('a stop has nothing to do when the reading failed', () => {
    const s = started();
    get(s, true);
    stop(s);
    expect(words(s.refuse('ReadAddressBook'))).toEqual([
      '< refused',
      'CommandCompleted CTI_ERROR',
      'CommandCompleted success',
    ]);
  });

  it('looking once does not end what was asked for a moment before, nor bring back what was stopped', () => {
    const s = started();
    get(s, true);
    expect(get(s, false)).toEqual(['CommandAccepted']);
    s.reply('ReadAddressBook');
    expect(s.state().requests).toMatchObject([{ request: { realtime: true } }]);
    s.answerAll();
    stop(s);
    get(s, false);
    s.reply('StopAddressBook');
    expect(s.state().requests).toMatchObject([{ request: { realtime: false } }]);
    s.answerAll();
    expect(change(s)).toEqual([]);
  });

  it('what waits goes on after a logout that failed, and is answered by one that did not', () => {
    const s = started();
    get(s, true);
    stop(s);
    send(s, { type: 'LogOut', target: s.target });
    s.reply('ReadAddressBook');
    expect(s.asked()).not.toContain('StopAddressBook');
    expect(words(s.refuse('DeactivateChannel'))).toContain('> StopAddressBook');
    const other = started();
    get(other, true);
    stop(other);
    send(other, { type: 'LogOut', target: other.target });
    expect(words(other.answerAll())).toContain('CommandCompleted SESSION_CLOSED');
  });

  it('what changed during a logout that failed is told by reading the book again', () => {
    const s = started();
    get(s, true);
    s.answerAll();
    send(s, { type: 'LogOut', target: s.target });
    expect(change(s)).toEqual([]);
    expect(words(s.refuse('DeactivateChannel'))).toContain('> ReadAddressBook');
    expect(words(s.reply('ReadAddressBook'))).toEqual(['<', 'AddressBookUpdated']);
  });
});

describe('while the leg of the agent is on its way', () => {
  it('a change of mind reaches the switch', () => {
    const s = started();
    const leg = (state: 'connected' | 'disconnected') =>
      s.fact({ type: 'AgentLegChanged', target: s.target, state });
    leg('disconnected');
    send(s, { type: 'ConnectAgentLeg', target: s.target });
    expect(send(s, { type: 'DisconnectAgentLeg', target: s.target })).toContain('> SetAgentLeg');
    s.answerAll();
    expect(words(leg('connected'))).toEqual(['AgentLegConnected']);
    expect(words(leg('disconnected'))).toEqual(['AgentLegDisconnected']);
  });

  it('a new desktop is told that it is up', () => {
    const s = started();
    expect(words(recoveryEvents(s.state()))).not.toContain('AgentLegConnected');
    s.fact({ type: 'AgentLegChanged', target: s.target, state: 'connected' });
    expect(words(recoveryEvents(s.state())).slice(-2)).toEqual(['AgentLegConnected', 'SessionInitialized']);
  });
});

describe('while a channel is left', () => {
  const deactivating = (): SessionScenario => {
    const s = started(MANY_CHANNELS);
    expect(send(s, { type: 'DeactivateChannel', target: s.channel() })).toContain('> MakeNotReady');
    return s;
  };

  it('what is offered stops it', () => {
    const s = deactivating();
    s.fact({ type: 'InteractionOffered', target: s.channel(), nativeId: 'i' });
    expect(words(s.reply('MakeNotReady'))).toEqual(['<', 'CommandCompleted ONGOING_INTERACTION']);
  });

  it.each([
    ['ChannelDeactivated', 'success'],
    ['ChannelUnavailable', 'CHANNEL_UNAVAILABLE'],
    ['ChannelVanished', 'UNKNOWN_TARGET'],
  ] as const)('%s ends it with %s, and nothing more is asked', (type, outcome) => {
    const s = deactivating();
    s.fact({ type, target: s.channel() });
    expect(words(s.reply('MakeNotReady'))).toEqual(['<', `CommandCompleted ${outcome}`]);
  });

  it('nothing is dialled, and what is being dialled keeps it', () => {
    const s = started();
    send(s, { type: 'Dial', target: s.channel(), destination: '5550100', extensions: { skillId: '1' } });
    expect(send(s, { type: 'DeactivateChannel', target: s.channel() })).toEqual(['ONGOING_INTERACTION']);
    s.refuse('Dial');
    expect(send(s, { type: 'DeactivateChannel', target: s.channel() })).toContain('> DeactivateChannel');
  });
});

describe('while a group is worked on', () => {
  it('a channel that joins is left, too, before the group goes', () => {
    const s = started();
    expect(send(s, removeGroup(s))).toContain('> DeactivateChannel');
    joins(s);
    s.world({ channel: { late: { state: 'ACTIVE', agent: null, interactions: [] } } });
    s.reply('DeactivateChannel');
    s.fact({ type: 'ChannelDeactivated', target: s.channelAt('1001') });
    expect(s.state().commands).toHaveLength(1);
    expect(nextDeadlineAt(s.state())).toBe(s.state().requests[0]?.deadlineAt);
    s.reply('RegisterChannel');
    expect(words(s.reply('ReadChannel'))).toEqual([
      '<',
      'ChannelCreated',
      'ChannelInfoChanged ACTIVE not_ready',
      'ChannelStateUpdated ACTIVE',
      'ChannelInitialized',
      '> DeactivateChannel',
    ]);
    for (const nativeId of ['chat', 'mail', 'late']) {
      expect(s.state().requests).toMatchObject([{ request: { target: s.channelAt(nativeId) } }]);
      s.reply('DeactivateChannel');
      s.fact({ type: 'ChannelDeactivated', target: s.channelAt(nativeId) });
    }
    expect(s.state().channels.map(({ nativeId }) => nativeId)).toEqual(['desk']);
  });

  it('a group is not removed while a channel joins', () => {
    const s = started();
    joins(s);
    expect(send(s, removeGroup(s))).toEqual(['INVALID_STATE']);
    s.answerAll();
    expect(send(s, removeGroup(s))).toContain('CommandAccepted');
  });

  it('none of its channels is activated or left beside it', () => {
    const s = started();
    send(s, removeGroup(s));
    s.reply('DeactivateChannel');
    s.fact({ type: 'ChannelDeactivated', target: s.channelAt('1001') });
    expect(send(s, { type: 'ActivateChannel', target: s.channelAt('1001') })).toEqual(['INVALID_STATE']);
    expect(send(s, { type: 'DeactivateChannel', target: s.channelAt('mail') })).toEqual(['INVALID_STATE']);
    expect(send(s, { type: 'DeactivateChannel', target: s.channelAt('desk') })).toContain('CommandAccepted');
  });

  it('it waits for what is under way on one of its channels', () => {
    const s = started();
    send(s, { type: 'DeactivateChannel', target: s.channelAt('chat') });
    send(s, { type: 'DeactivateChannel', target: s.channelAt('desk') });
    expect(send(s, { type: 'DeactivateAll', target: s.group() })).toEqual(['INVALID_STATE']);
    expect(send(s, removeGroup(s))).toEqual(['INVALID_STATE']);
    expect(send(s, removeDesk(s))).toEqual(['INVALID_STATE']);
    s.answerAll();
    expect(send(s, { type: 'DeactivateAll', target: s.group() })).toContain('CommandAccepted');
  });
});

describe('while a skill is chosen', () => {
  it('a channel that vanishes takes the wish with it', () => {
    const s = started();
    const target = s.channelAt('desk');
    send(s, { type: 'Dial', target, destination: '5550100' });
    s.fact({ type: 'ChannelVanished', target });
    expect(words(s.reply('ReadOutboundSkills'))).toEqual(['<', 'CommandCompleted UNKNOWN_TARGET']);
  });

  it('nobody is asked where a choice could not be passed on', () => {
    const capabilities = { 'outboundskills-supported': true };
    const s = started(IDLE, RESUME_POLICY, { instance: 'sim-1', capabilities });
    expect(send(s, { type: 'Dial', target: s.channel(), destination: '5550100' })).toContain('> Dial');
  });
});

describe('while the agent leaves', () => {
  const away: SessionPolicy = { resumeMs: 10_000, whenLapsed: 'not-ready', unboundMs: 300_000 };

  it('a wish to be ready that is still out is taken back for an empty chair', () => {
    const s = started(IDLE, away);
    send(s, { type: 'MakeReady', target: s.channelAt('chat') });
    s.must({ kind: 'unbind', binding: 'binding-1', reason: 'closed' });
    expect(words(s.after(10_000))).toEqual(['SessionLapsed', '> MakeNotReady']);
  });

  it('nothing of the log-in is begun anew once channels are given up', () => {
    const s = started({
      ...IDLE,
      channel: { ...IDLE.channel, mail: { state: 'INACTIVE', agent: null, interactions: [] } },
    });
    send(s, { type: 'LogOut', target: s.target });
    while (!s.asked().includes('DisposeChannel')) s.reply(s.state().requests[0]?.request.type ?? 'Dial');
    s.fact({ type: 'ChannelActivated', target: s.channelAt('mail') });
    expect(s.asked()).toEqual(['DisposeChannel']);
    expect(words(s.answerAll())).toContain('CommandCompleted success');
  });
});

describe('limits', () => {
  it('end the number of stand-alone channels', () => {
    const s = started();
    for (let left = LIMITS.children - 1; left > 0; left -= 1) {
      s.send({ type: 'AddChannel', target: s.target, endpoint: `e${String(left)}`, channelType: 'CHAT' });
      s.answerAll();
    }
    const one: Command = { type: 'AddChannel', target: s.target, endpoint: 'one', channelType: 'CHAT' };
    expect(send(s, one)).toEqual(['INVALID_STATE']);
  });
});
