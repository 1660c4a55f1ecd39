import { type SessionPolicy } from '@cordboard/domain';
import { RESUME_POLICY, type SessionScenario } from '@cordboard/testing/scenario';
import { type Script } from '../history.ts';
import { channel, IDLE, INBOUND, leg, ringing, talking } from './parts.ts';

const policy = (whenLapsed: SessionPolicy['whenLapsed']): SessionPolicy => ({ ...RESUME_POLICY, whenLapsed });

const left = (s: SessionScenario, whenLapsed: SessionPolicy['whenLapsed']): void => {
  s.start(policy(whenLapsed));
  s.must({ kind: 'unbind', binding: 'binding-1', reason: 'lapsed' });
  s.after(RESUME_POLICY.resumeMs);
};

/** How sessions begin, change hands and end. */
export const SESSIONS: Readonly<Record<string, Script>> = {
  start: {
    about: 'A start with one group and one channel, on which the agent works.',
    world: { ...IDLE, channel: { 1001: { state: 'INACTIVE', agent: null, interactions: [] } } },
    play: (s) => {
      s.start();
      s.send({ type: 'ActivateChannel', target: s.channel(), queue: '7000' });
      s.answerAll();
      channel(s, { type: 'ChannelActivated' });
      s.send({ type: 'MakeNotReady', target: s.channel(), reasonCode: '3', reasonName: 'Lunch' });
      s.answerAll();
      channel(s, { type: 'AgentNotReady', busy: false, reasonCode: '3', reasonName: 'Lunch' });
      s.send({ type: 'DeactivateChannel', target: s.channel(), reason: '9' });
      s.answerAll();
      channel(s, { type: 'ChannelDeactivated' });
      channel(s, { type: 'ChannelUnavailable' });
      channel(s, { type: 'ChannelAvailable' });
      channel(s, { type: 'ChannelVanished' });
    },
  },
  'start-refused': {
    about: 'A start that the switch refuses, and a second one that it takes.',
    world: IDLE,
    play: (s) => {
      s.prepare();
      s.bind();
      s.send({ type: 'StartSession', target: s.target, extension: '1001' });
      s.refuse('CreateSession', 'The extension is unknown.');
      s.send({ type: 'StartSession', target: s.target });
      s.answerAll();
    },
  },
  logout: {
    about: 'A logout from a ready channel.',
    world: IDLE,
    play: (s) => {
      s.start();
      s.send({ type: 'LogOut', target: s.target });
      s.answerAll();
    },
  },
  'logout-failed': {
    about: 'A logout that breaks off after the agent was taken not ready.',
    world: IDLE,
    play: (s) => {
      s.start();
      s.send({ type: 'LogOut', target: s.target });
      s.reply('MakeNotReady');
      s.fact({ type: 'AgentNotReady', target: s.channel(), busy: false, reasonCode: 'logout' });
      s.refuse('DeactivateChannel', 'Not now.');
    },
  },
  'owner-taken-over': {
    about: 'A worker that takes over in the middle of a call, with a request to the switch unanswered.',
    world: INBOUND,
    play: (s) => {
      s.prepare();
      s.must({ kind: 'claim', epoch: 1, worker: 'worker-1' });
      s.bind();
      s.send({ type: 'StartSession', target: s.target });
      s.answerAll();
      s.offer('call');
      s.send({ type: 'AnswerConversation', target: s.conversation() });
      s.must({ kind: 'claim', epoch: 2, worker: 'worker-2' });
      s.answerAll();
      leg(s, { type: 'ConversationTalking' });
    },
  },
  'desktop-taken-over': {
    about: 'A second desktop that takes the session over from the first.',
    world: IDLE,
    play: (s) => {
      s.start();
      s.bind('binding-2', 'tab-2', true);
      s.must({ kind: 'unbind', binding: 'binding-2', reason: 'closed' });
      s.bind('binding-3', 'tab-2');
    },
  },
  'policy-lapse-not-ready': {
    about: 'A desktop that stays away: the agent is taken not ready.',
    world: IDLE,
    play: (s) => {
      left(s, 'not-ready');
      s.answerAll();
      channel(s, { type: 'AgentNotReady', busy: false, reasonCode: 'logout' });
      s.bind('binding-2');
    },
  },
  'policy-lapse-log-out': {
    about: 'A desktop that stays away: the session logs out by itself.',
    world: IDLE,
    play: (s) => {
      left(s, 'log-out');
      s.answerAll();
    },
  },
  overridden: {
    about: 'A session that another desktop of the agent overrides in the middle of a call.',
    world: INBOUND,
    play: (s) => {
      talking(s);
      s.must({ kind: 'close', reason: 'overridden' });
    },
  },
  'ended-by-switch': {
    about: 'A log-in that the switch ends while a call rings.',
    world: INBOUND,
    play: (s) => {
      ringing(s);
      s.fact({ type: 'SessionEnded', target: s.target });
    },
  },
};
