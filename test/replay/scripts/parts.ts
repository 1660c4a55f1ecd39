import { type ChannelType, type Command, type InteractionData, type SwitchFact } from '@cordboard/domain';
import {
  FULL_ADAPTER,
  RESUME_POLICY,
  type SessionScenario,
  type SwitchWorld,
} from '@cordboard/testing/scenario';

export const CALLER = '+12025550123';
export const SECOND = '+12025550124';
export const NAME = 'Example Caller';

export const READY = { status: 'ready', lastReasonCode: '', lastReasonName: '' } as const;

/** One telephony channel on which the agent is ready. */
export const IDLE: SwitchWorld = {
  groups: [{ nativeId: 'desk', name: 'Desk' }],
  channels: { desk: [{ nativeId: '1001', channelType: 'TELEPHONY' }] },
  channel: { 1001: { state: 'ACTIVE', agent: READY, interactions: [] } },
};

/** With a call that rings there, and a second leg for whoever is consulted. */
export const INBOUND: SwitchWorld = {
  ...IDLE,
  interaction: {
    call: { state: 'ALERTING', data: { ANI: CALLER, order: { id: '7' } }, primary: 'leg', consult: null },
  },
  conversation: {
    leg: { state: 'RINGING', members: [{ number: CALLER, name: NAME }] },
    second: { state: 'DIALING', members: [{ number: SECOND }] },
  },
  consult: 'second',
};

/** With a call that the agent talks on before the session begins. */
export const FOUND: SwitchWorld = {
  ...INBOUND,
  channel: { 1001: { state: 'ACTIVE', agent: READY, interactions: [{ nativeId: 'call' }] } },
  interaction: { call: { state: 'STARTED', data: { ANI: CALLER }, primary: 'leg', consult: null } },
  conversation: {
    leg: { state: 'TALKING', members: [{ number: CALLER, name: NAME }] },
    second: { state: 'DIALING', members: [{ number: SECOND }] },
  },
};

/** One channel without a group, on which the agent is ready and two contacts may come in. */
export const alone = (channelType: ChannelType, data: InteractionData = { ANI: CALLER }): SwitchWorld => ({
  alone: [{ nativeId: 'solo', channelType }],
  channel: { solo: { state: 'ACTIVE', agent: READY, interactions: [] } },
  interaction: {
    one: { state: 'ALERTING', data, primary: null, consult: null },
    two: { state: 'ALERTING', data: {}, primary: null, consult: null },
  },
});

/** With a call that the agent dials. */
export const OUTBOUND: SwitchWorld = {
  ...IDLE,
  interaction: { call: { state: 'DIALING', data: {}, primary: 'leg', consult: null } },
  conversation: { leg: { state: 'DIALING', members: [{ number: CALLER }] } },
};

type On<Part extends SwitchFact> = Part extends SwitchFact ? Omit<Part, 'target'> : never;

/** The switch reports something of a leg and answers all that follows. */
export const leg = (s: SessionScenario, fact: On<SwitchFact>, index = 0): void => {
  s.fact({ ...fact, target: s.conversation(index) });
  s.answerAll();
};

/** The same of a channel, the first one unless its end point is named. */
export const channel = (s: SessionScenario, fact: On<SwitchFact>, nativeId?: string): void => {
  s.fact({ ...fact, target: nativeId === undefined ? s.channel() : s.channelAt(nativeId) });
  s.answerAll();
};

/** The agent asks for something that is accepted. */
export const asks = (s: SessionScenario, command: Command): void => {
  const taken = s.send(command);
  if (!taken.ok) throw new Error(`${command.type}: ${taken.error.message}`);
};

/** The same, and the switch agrees. */
export const gets = (s: SessionScenario, command: Command): void => {
  asks(s, command);
  s.answerAll();
};

type Kind = 'AnswerConversation' | 'HoldConversation' | 'RetrieveConversation' | 'ReleaseConversation';

export const onLeg = (s: SessionScenario, type: Kind, index = 0): void =>
  gets(s, { type, target: s.conversation(index) });

export const completed = (s: SessionScenario): void =>
  gets(s, { type: 'CompleteInteraction', target: s.interaction() });

/** A session on a switch that can do everything. */
export const startFull = (s: SessionScenario): void => {
  s.start(RESUME_POLICY, FULL_ADAPTER);
};

export const ringing = (s: SessionScenario): void => {
  s.start();
  s.offer('call');
};

export const talking = (s: SessionScenario): void => {
  ringing(s);
  onLeg(s, 'AnswerConversation');
  leg(s, { type: 'ConversationTalking' });
};

/** A contact shows up and the agent takes it. */
export const accepts = (s: SessionScenario, nativeId: string): void => {
  s.offer(nativeId);
  gets(s, { type: 'AcceptInteraction', target: s.interaction() });
};

export const dialled = (s: SessionScenario): void => {
  s.start();
  gets(s, { type: 'Dial', target: s.channel(), destination: CALLER });
  channel(s, { type: 'AgentReady', busy: true });
  s.offer('call');
};
