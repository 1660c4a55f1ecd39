import { ADAPTER, type SessionScenario, type SwitchWorld } from '@cordboard/testing/scenario';
import { type Script } from '../history.ts';
import {
  asks,
  CALLER,
  completed,
  FOUND,
  gets,
  IDLE,
  INBOUND,
  leg,
  NAME,
  onLeg,
  READY,
  ringing,
  SECOND,
  talking,
} from './parts.ts';

const AGAIN = { ...ADAPTER, incarnation: 'second' };

/** The phone channel with these calls on it. */
const withCalls = (...calls: readonly string[]): SwitchWorld => ({
  channel: { 1001: { state: 'ACTIVE', agent: READY, interactions: calls.map((nativeId) => ({ nativeId })) } },
});

const talkingCall = (consult: string | null = null): SwitchWorld => ({
  ...withCalls('call'),
  interaction: { call: { state: 'STARTED', data: { ANI: CALLER }, primary: 'leg', consult } },
});

const members = [{ number: CALLER, name: NAME }];

/** The adapter starts anew on a switch on which this has happened meanwhile. */
const comesBack = (s: SessionScenario, meanwhile: SwitchWorld): void => {
  s.world(meanwhile);
  s.reconcile('adapter-restarted', AGAIN);
  s.answerAll();
};

/** What it is like when the adapter of a session is lost and comes back (bridge D.15). */
export const RECOVERIES: Readonly<Record<string, Script>> = {
  'adapter-back': {
    about: 'The adapter is lost and back, and nothing has changed; the agent sits where the switch said.',
    world: FOUND,
    play: (s) => {
      s.prepare(undefined, '', '+12025550190');
      s.bind();
      asks(s, { type: 'StartSession', target: s.target });
      s.answerAll();
      s.lose('silent');
      s.send({ type: 'HoldConversation', target: s.conversation() });
      s.back('connection-restored', AGAIN);
      s.reply('CreateSession');
      s.survey('connection-restored');
      onLeg(s, 'HoldConversation');
    },
  },
  'call-ended-meanwhile': {
    about: 'A call ends while nobody looks, and so does the command that was under way.',
    world: INBOUND,
    play: (s) => {
      talking(s);
      asks(s, { type: 'HoldConversation', target: s.conversation() });
      comesBack(s, withCalls());
    },
  },
  'call-wrapped-up-meanwhile': {
    about: 'A call is found ended, which the agent then completes.',
    world: INBOUND,
    play: (s) => {
      talking(s);
      comesBack(s, {
        ...withCalls('call'),
        interaction: { call: { state: 'ENDED', data: { ANI: CALLER }, primary: null, consult: null } },
      });
      completed(s);
    },
  },
  'call-appeared-meanwhile': {
    about: 'A call has come in while nobody looked.',
    world: INBOUND,
    play: (s) => {
      s.start();
      s.lose('stopped');
      s.world(withCalls('call'));
      s.back('adapter-moved', { ...ADAPTER, instance: 'sim-2' });
      s.reply('CreateSession');
      s.survey('adapter-moved');
      s.answerAll();
      leg(s, { type: 'ConversationEnded' });
    },
  },
  'consult-meanwhile': {
    about: 'A second leg was begun while nobody looked, the first one is held.',
    world: INBOUND,
    play: (s) => {
      talking(s);
      comesBack(s, {
        ...talkingCall('second'),
        conversation: {
          leg: { state: 'HELD', members },
          second: { state: 'TALKING', members: [{ number: SECOND }] },
        },
      });
      s.world({ ...talkingCall(), conversation: { leg: { state: 'TALKING', members } } });
      s.survey('timer');
      s.answerAll();
    },
  },
  'held-meanwhile': {
    about: 'The timer finds a leg held, others on the line, other data, and an agent who went away.',
    world: FOUND,
    play: (s) => {
      s.start();
      s.world({
        channel: {
          1001: {
            state: 'ACTIVE',
            agent: { status: 'not_ready', lastReasonCode: '7', lastReasonName: 'Lunch' },
            interactions: [{ nativeId: 'call' }],
          },
        },
        interaction: {
          call: { state: 'STARTED', data: { order: { id: '7' } }, primary: 'leg', consult: null },
        },
        conversation: { leg: { state: 'HELD', members: [{ number: SECOND, name: NAME }] } },
      });
      s.survey('timer');
      s.survey('timer');
    },
  },
  'channel-gone': {
    about: 'A channel with a call that rings is gone, and another one has joined; later the group is gone.',
    world: INBOUND,
    play: (s) => {
      ringing(s);
      comesBack(s, { channels: { desk: [{ nativeId: '1002', channelType: 'TELEPHONY' }] } });
      comesBack(s, { channels: {} });
    },
  },
  'log-in-refused': {
    about: 'The agent cannot be logged in again: the session ends after the third refusal.',
    world: FOUND,
    play: (s) => {
      s.start();
      s.lose('restarted');
      s.back('adapter-restarted', AGAIN);
      s.refuse('CreateSession', 'Wrong password.');
      s.after(1_000);
      s.refuse('CreateSession', 'Wrong password.');
      s.after(2_000);
      s.refuse('CreateSession', 'Wrong password.');
    },
  },
  'switch-not-read': {
    about: 'The switch cannot be read at first; what it says meanwhile waits.',
    world: FOUND,
    play: (s) => {
      s.start();
      s.lose('events-lost');
      s.back('events-lost');
      s.reply('CreateSession');
      s.must({ kind: 'surveyed', cause: 'events-lost', findings: null });
      s.after(1_000);
      s.reply('CreateSession');
      s.fact({ type: 'ConversationHeld', target: s.conversation() });
      s.survey('events-lost');
    },
  },
  'lost-while-initializing': {
    about: 'The adapter is lost while the session is being set up, one channel is in.',
    world: {
      ...IDLE,
      channels: {
        desk: [
          { nativeId: '1001', channelType: 'TELEPHONY' },
          { nativeId: 'chat', channelType: 'CHAT' },
        ],
      },
      alone: [{ nativeId: 'mail', channelType: 'EMAIL' }],
    },
    play: (s) => {
      s.prepare();
      s.bind();
      asks(s, { type: 'StartSession', target: s.target });
      s.reply('CreateSession');
      s.reply('ReadSession');
      s.reply('RegisterChannelGroup');
      s.reply('ReadChannelGroup');
      s.reply('RegisterChannel');
      s.reply('ReadChannel');
      s.reconcile('switch-link-restored', AGAIN);
      s.answerAll();
    },
  },
  'lost-while-leaving': {
    about: 'The adapter is lost while the agent logs out: the logout goes on when it is back.',
    world: IDLE,
    play: (s) => {
      s.start();
      asks(s, { type: 'LogOut', target: s.target });
      s.reply('MakeNotReady');
      s.reconcile('adapter-restarted', AGAIN);
      s.answerAll();
    },
  },
  'group-added-again': {
    about: 'A group that the agent has added is registered again as it was wanted.',
    world: IDLE,
    play: (s) => {
      s.start();
      gets(s, {
        type: 'AddChannelGroup',
        target: s.target,
        name: 'Project',
        chat: true,
        email: false,
        callback: false,
      });
      comesBack(s, { channels: { desk: IDLE.channels?.desk ?? [], Project: [] } });
    },
  },
};
