import { type SessionPolicy, type SwitchFact } from '@cordboard/domain';
import { RESUME_POLICY, type SessionScenario, type SwitchWorld } from '@cordboard/testing/scenario';
import { type Script } from './history.ts';

const CALLER = '+12025550123';
const NAME = 'Example Caller';

const READY = { status: 'ready', lastReasonCode: '', lastReasonName: '' } as const;

const IDLE: SwitchWorld = {
  groups: [{ nativeId: 'desk', name: 'Desk' }],
  channels: { desk: [{ nativeId: '1001', channelType: 'TELEPHONY' }] },
  channel: { 1001: { state: 'ACTIVE', agent: READY, interactions: [] } },
};

const INBOUND: SwitchWorld = {
  ...IDLE,
  interaction: {
    call: { state: 'ALERTING', data: { ANI: CALLER, order: { id: '7' } }, primary: 'leg', consult: null },
  },
  conversation: { leg: { state: 'RINGING', members: [{ number: CALLER, name: NAME }] } },
};

const OUTBOUND: SwitchWorld = {
  ...IDLE,
  interaction: { call: { state: 'DIALING', data: {}, primary: 'leg', consult: null } },
  conversation: { leg: { state: 'DIALING', members: [{ number: CALLER }] } },
};

/** Two legs, the second in focus, that the switch had before the session began. */
const RUNNING: SwitchWorld = {
  ...IDLE,
  channel: { 1001: { state: 'ACTIVE', agent: READY, interactions: [{ nativeId: 'call' }] } },
  interaction: { call: { state: 'STARTED', data: { ANI: CALLER }, primary: 'leg', consult: 'second' } },
  conversation: {
    leg: { state: 'HELD', members: [{ number: CALLER, name: NAME }] },
    second: { state: 'TALKING', members: [{ number: '+12025550124' }] },
  },
};

const policy = (whenLapsed: SessionPolicy['whenLapsed']): SessionPolicy => ({ ...RESUME_POLICY, whenLapsed });

type On<Part extends SwitchFact> = Part extends SwitchFact ? Omit<Part, 'target'> : never;

const leg = (s: SessionScenario, fact: On<SwitchFact>, index = 0): void => {
  s.fact({ ...fact, target: s.conversation(index) });
  s.answerAll();
};

const channel = (s: SessionScenario, fact: On<SwitchFact>): void => {
  s.fact({ ...fact, target: s.channel() });
  s.answerAll();
};

type Kind = 'AnswerConversation' | 'HoldConversation' | 'RetrieveConversation' | 'ReleaseConversation';

const onLeg = (s: SessionScenario, type: Kind): void => {
  s.send({ type, target: s.conversation() });
  s.answerAll();
};

const completed = (s: SessionScenario): void => {
  s.send({ type: 'CompleteInteraction', target: s.interaction() });
  s.answerAll();
};

const ringing = (s: SessionScenario): void => {
  s.start();
  s.offer('call');
};

const talking = (s: SessionScenario): void => {
  ringing(s);
  onLeg(s, 'AnswerConversation');
  leg(s, { type: 'ConversationTalking' });
};

const dialled = (s: SessionScenario): void => {
  s.start();
  s.send({ type: 'Dial', target: s.channel(), destination: CALLER });
  s.answerAll();
  channel(s, { type: 'AgentReady', busy: true });
  s.offer('call');
};

const left = (s: SessionScenario, whenLapsed: SessionPolicy['whenLapsed']): void => {
  s.start(policy(whenLapsed));
  s.must({ kind: 'unbind', binding: 'binding-1', reason: 'lapsed' });
  s.after(RESUME_POLICY.resumeMs);
};

const CALLS: Readonly<Record<string, Script>> = {
  'inbound-call': {
    about: 'An inbound call: answered, put on hold, retrieved, released, wrapped up.',
    world: INBOUND,
    play: (s) => {
      talking(s);
      onLeg(s, 'HoldConversation');
      leg(s, { type: 'ConversationHeld' });
      onLeg(s, 'RetrieveConversation');
      leg(s, { type: 'ConversationTalking' });
      s.fact({
        type: 'InteractionDataChanged',
        target: s.interaction(),
        changes: { note: 'called back', order: null },
      });
      onLeg(s, 'ReleaseConversation');
      leg(s, { type: 'ConversationEnded' });
      channel(s, { type: 'AgentNotReady', busy: false, reasonCode: 'acw', reasonName: 'Wrap-up' });
      completed(s);
      s.send({ type: 'MakeReady', target: s.channel() });
      s.answerAll();
      channel(s, { type: 'AgentReady', busy: false });
    },
  },
  reject: {
    about: 'A call that the agent rejects while it rings.',
    world: INBOUND,
    play: (s) => {
      ringing(s);
      s.send({ type: 'RejectInteraction', target: s.interaction() });
      s.answerAll();
      leg(s, { type: 'ConversationEnded' });
    },
  },
  abandon: {
    about: 'A caller who hangs up before anybody answers.',
    world: INBOUND,
    play: (s) => {
      ringing(s);
      leg(s, { type: 'ConversationEnded' });
    },
  },
  'far-end-hang-up': {
    about: 'A caller who hangs up in the middle of the call; the agent completes it later.',
    world: INBOUND,
    play: (s) => {
      talking(s);
      leg(s, { type: 'ConversationMuted' });
      leg(s, { type: 'ConversationEnded' });
      completed(s);
    },
  },
  'outbound-answered': {
    about: 'A number dialled, answered and released by the agent.',
    world: OUTBOUND,
    play: (s) => {
      dialled(s);
      leg(s, { type: 'ConversationStarted' });
      leg(s, { type: 'ConversationTalking' });
      leg(s, { type: 'PartyAdded', number: CALLER, name: NAME });
      onLeg(s, 'ReleaseConversation');
      leg(s, { type: 'ConversationEnded' });
      completed(s);
    },
  },
  'outbound-busy': {
    about: 'A number dialled that is busy.',
    world: OUTBOUND,
    play: (s) => {
      dialled(s);
      leg(s, { type: 'ConversationBusy' });
      completed(s);
    },
  },
  'outbound-failed': {
    about: 'A number refused by the switch, then one that cannot be reached.',
    world: OUTBOUND,
    play: (s) => {
      s.start();
      s.send({ type: 'Dial', target: s.channel(), destination: '12' });
      s.refuse('Dial', 'No such number.');
      s.send({ type: 'Dial', target: s.channel(), destination: CALLER });
      s.answerAll();
      s.offer('call');
      leg(s, { type: 'ConversationFailed', reason: 'No line.' });
      completed(s);
    },
  },
  'facts-before-their-object': {
    about: 'A call that is answered and joined while it is still being read.',
    world: INBOUND,
    play: (s) => {
      s.start();
      s.fact({ type: 'InteractionOffered', target: s.channel(), nativeId: 'call' });
      while (!s.asked().includes('ReadConversation')) s.reply(s.state().requests[0]?.request.type ?? 'Dial');
      s.fact({ type: 'ConversationTalking', target: s.conversation() });
      s.fact({ type: 'PartyAdded', target: s.conversation(), number: '+12025550124' });
      s.answerAll();
      leg(s, { type: 'PartyRemoved', number: '+12025550124' });
    },
  },
  'running-call': {
    about: 'A start in the middle of a call with two legs: all of it is recovered, then it ends.',
    world: RUNNING,
    play: (s) => {
      s.start();
      leg(s, { type: 'ConversationEnded' }, 1);
      leg(s, { type: 'ConversationTalking' });
      leg(s, { type: 'ConversationEnded' });
      completed(s);
    },
  },
};

const SESSIONS: Readonly<Record<string, Script>> = {
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

/** What is recorded, by name of the history; one is never taken out, since streams like it exist. */
export const SCRIPTS: Readonly<Record<string, Script>> = { ...CALLS, ...SESSIONS };
