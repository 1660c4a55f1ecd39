import { type ChannelType } from '@cordboard/domain';
import { type SessionScenario, type SwitchWorld } from '@cordboard/testing/scenario';
import { type Script } from '../history.ts';
import { accepts, alone, asks, channel, completed, gets, IDLE, READY, startFull } from './parts.ts';

/** As long as a channel is given to follow. */
const FOLLOW_MS = 2_000;

const INACTIVE = { state: 'INACTIVE', agent: null, interactions: [] } as const;

/** A telephony and a chat channel in one group, nobody logged in on either. */
const TWO: SwitchWorld = {
  groups: [{ nativeId: 'desk', name: 'Desk' }],
  channels: {
    desk: [
      { nativeId: '1001', channelType: 'TELEPHONY' },
      { nativeId: 'chat', channelType: 'CHAT' },
    ],
  },
  channel: { 1001: INACTIVE, chat: INACTIVE },
};

const add = (s: SessionScenario, endpoint: string, channelType: ChannelType): void =>
  asks(s, { type: 'AddChannel', target: s.target, endpoint, channelType });

const remove = (s: SessionScenario, nativeId: string): void =>
  asks(s, { type: 'RemoveChannel', target: s.target, id: s.channelAt(nativeId).channel ?? '' });

const addGroup = (s: SessionScenario, name: string): void =>
  asks(s, {
    type: 'AddChannelGroup',
    target: s.target,
    name,
    chat: true,
    email: false,
    callback: true,
  });

const activateAll = (s: SessionScenario): void =>
  asks(s, {
    type: 'ActivateAll',
    target: s.group(),
    options: [{ id: s.channelAt('chat').channel ?? '', queue: '7000' }, { id: s.channel().channel ?? '' }],
  });

const activated = (s: SessionScenario, nativeId: string): void => {
  s.reply('ActivateChannel');
  s.fact({ type: 'ChannelActivated', target: s.channelAt(nativeId) });
};

const deactivateAll = (s: SessionScenario): void => asks(s, { type: 'DeactivateAll', target: s.group() });

/** Channels and groups that come and go, and commands on several channels. */
export const CHANNELS: Readonly<Record<string, Script>> = {
  'stand-alone-channel': {
    about: 'A stand-alone channel that is there from the start: a chat on it, then it is removed.',
    world: alone('CHAT'),
    play: (s) => {
      startFull(s);
      accepts(s, 'one');
      completed(s);
      remove(s, 'solo');
      s.reply('MakeNotReady');
      s.fact({ type: 'AgentNotReady', target: s.channelAt('solo'), busy: false, reasonCode: 'logout' });
      s.answerAll();
    },
  },
  'channel-added': {
    about:
      'Stand-alone channels that are added: one is refused, one comes in and does not follow on its way out.',
    world: { channel: { mail: { state: 'ACTIVE', agent: READY, interactions: [] } } },
    play: (s) => {
      startFull(s);
      add(s, 'other', 'TELEPHONY');
      s.refuse('RegisterChannel', 'No such end point.');
      add(s, 'mail', 'EMAIL');
      s.answerAll();
      remove(s, 'mail');
      s.reply('MakeNotReady');
      s.after(FOLLOW_MS);
      s.refuse('DeactivateChannel', 'Not now.');
    },
  },
  'group-added': {
    about:
      'A group that the switch refuses, one that comes in and is removed, and a channel that joins another.',
    world: IDLE,
    play: (s) => {
      startFull(s);
      addGroup(s, 'STRANGE');
      s.refuse('RegisterChannelGroup', 'No such group.');
      s.world({ channels: { PROJECT: [{ nativeId: 'project-chat', channelType: 'CHAT' }] } });
      addGroup(s, 'PROJECT');
      s.answerAll();
      gets(s, { type: 'RemoveChannelGroup', target: s.target, id: s.group(1).channelgroup ?? '' });
      s.fact({ type: 'ChannelJoined', target: s.group(), nativeId: 'late', channelType: 'CALLBACK' });
      s.answerAll();
    },
  },
  'group-removed': {
    about: 'A group with an active channel is removed.',
    world: IDLE,
    play: (s) => {
      startFull(s);
      asks(s, { type: 'RemoveChannelGroup', target: s.target, id: s.group().channelgroup ?? '' });
      s.reply('MakeNotReady');
      channel(s, { type: 'AgentNotReady', busy: false, reasonCode: 'logout' });
    },
  },
  'channel-joins-early': {
    about: 'A channel that joins a group while the group is still being read.',
    world: IDLE,
    play: (s) => {
      s.prepare();
      s.bind();
      asks(s, { type: 'StartSession', target: s.target });
      while (!s.asked().includes('ReadChannel')) s.reply(s.state().requests[0]?.request.type ?? 'Dial');
      s.fact({ type: 'ChannelJoined', target: s.group(), nativeId: 'late', channelType: 'CHAT' });
      s.answerAll();
    },
  },
  'activate-all': {
    about: 'All channels activated, the second after it did not follow; all deactivated.',
    world: TWO,
    play: (s) => {
      startFull(s);
      activateAll(s);
      activated(s, '1001');
      s.reply('ActivateChannel');
      s.after(FOLLOW_MS);
      channel(s, { type: 'ChannelActivated' }, 'chat');
      channel(s, { type: 'AgentReady', busy: false });
      deactivateAll(s);
      s.reply('MakeNotReady');
      s.fact({ type: 'AgentNotReady', target: s.channel(), busy: false, reasonCode: 'logout' });
      s.reply('DeactivateChannel');
      s.fact({ type: 'ChannelDeactivated', target: s.channel() });
      s.reply('DeactivateChannel');
      s.fact({ type: 'ChannelDeactivated', target: s.channelAt('chat') });
    },
  },
  'activate-all-stopped': {
    about:
      'The second channel is refused and what was done stays done; so it is when it is taken by another agent.',
    world: TWO,
    play: (s) => {
      startFull(s);
      activateAll(s);
      activated(s, '1001');
      s.refuse('ActivateChannel', 'No licence.');
      deactivateAll(s);
      s.refuse('DeactivateChannel', 'Not now.');
      activateAll(s);
      s.fact({ type: 'ChannelUnavailable', target: s.channelAt('chat') });
      s.answerAll();
    },
  },
};
