import {
  inWords,
  MANY_CHANNELS,
  ONE_CHANNEL,
  RESUME_POLICY,
  FULL_ADAPTER,
  type SessionScenario,
  sessionScenario,
  shown,
  type SwitchWorld,
} from '@cordboard/testing/scenario';
import { type InteractionState } from '../values.ts';

const READY = { status: 'ready', lastReasonCode: '', lastReasonName: '' } as const;
const CALLER = { number: '5550100', name: 'Customer' };
const SECOND = { number: '5550199' };

const phone = (
  interactions: readonly string[],
  agent: NonNullable<SwitchWorld['channel']>[string]['agent'] = READY,
): SwitchWorld => ({
  channel: {
    ...MANY_CHANNELS.channel,
    1001: { state: 'ACTIVE', agent, interactions: interactions.map((nativeId) => ({ nativeId })) },
  },
});

const call = (
  state: InteractionState,
  consult: string | null = null,
  primary: string | null = 'v1',
  data = {},
): SwitchWorld => ({ interaction: { i: { state, data, primary, consult } } });

const TALKING: SwitchWorld = {
  ...MANY_CHANNELS,
  ...phone(['i']),
  ...call('STARTED'),
  conversation: { v1: { state: 'TALKING', members: [CALLER] } },
};

const CONSULTING: SwitchWorld = {
  ...TALKING,
  ...call('STARTED', 'v2'),
  conversation: {
    v1: { state: 'HELD', members: [CALLER] },
    v2: { state: 'TALKING', members: [SECOND] },
  },
};

const RINGING: SwitchWorld = {
  ...TALKING,
  ...call('ALERTING'),
  conversation: { v1: { state: 'RINGING', members: [CALLER] } },
};

const chat = (state: InteractionState | null, on = 'chat'): SwitchWorld => ({
  ...MANY_CHANNELS,
  channel: {
    ...MANY_CHANNELS.channel,
    [on]: { state: 'ACTIVE', agent: READY, interactions: state === null ? [] : [{ nativeId: 'm' }] },
  },
  interaction: state === null ? {} : { m: { state, data: {}, primary: null, consult: null } },
});

const withLegs = (conversation: NonNullable<SwitchWorld['conversation']>): SwitchWorld => ({ conversation });

const started = (world: SwitchWorld): SessionScenario => {
  const s = sessionScenario(world);
  s.start(RESUME_POLICY, FULL_ADAPTER);
  return s;
};

const ENDS = (...legs: readonly string[]): readonly string[] => [
  ...legs.flatMap(() => ['ConversationStateUpdated RELEASED', 'ConversationDisposed']),
  'InteractionEnded',
  'InteractionStateUpdated ENDED',
];

interface Row {
  readonly what: string;
  readonly before: SwitchWorld;
  readonly after: SwitchWorld;
  /** What is put down about it. */
  readonly recorded: readonly string[];
  /** What the desktop hears, answers of the switch to what it is then asked included. */
  readonly told: readonly string[];
}

const LEGS: readonly Row[] = [
  {
    what: 'a leg that is held now',
    before: TALKING,
    after: withLegs({ v1: { state: 'HELD', members: [CALLER] } }),
    recorded: ['state:TALKING>HELD'],
    told: ['ConversationStateUpdated HELD'],
  },
  {
    what: 'a leg that was muted',
    before: TALKING,
    after: withLegs({ v1: { state: 'MUTE', members: [CALLER] } }),
    recorded: ['state:TALKING>MUTE'],
    told: ['ConversationStateUpdated MUTE'],
  },
  {
    what: 'another party on the line',
    before: TALKING,
    after: withLegs({ v1: { state: 'TALKING', members: [CALLER, SECOND] } }),
    recorded: ['parties:1>2 changedParties:0>1'],
    told: ['ConversationMemberAdded 5550199'],
  },
  {
    what: 'another caller, by a transfer',
    before: TALKING,
    after: withLegs({ v1: { state: 'TALKING', members: [SECOND] } }),
    recorded: ['changedParties:0>2'],
    told: ['ConversationMemberRemoved 5550100', 'ConversationMemberAdded 5550199'],
  },
  {
    what: 'a caller with another name, of which agents are not told',
    before: TALKING,
    after: withLegs({ v1: { state: 'TALKING', members: [{ ...CALLER, name: 'Other' }] } }),
    recorded: ['changedParties:0>1'],
    told: [],
  },
  {
    what: 'a call that was answered',
    before: RINGING,
    after: { ...call('STARTED'), ...withLegs({ v1: { state: 'TALKING', members: [CALLER] } }) },
    recorded: ['state:ALERTING>STARTED', 'state:RINGING>TALKING'],
    told: ['ConversationStateUpdated TALKING', 'InteractionScreenPopped', 'InteractionStateUpdated STARTED'],
  },
  {
    what: 'a second leg',
    before: TALKING,
    after: { ...call('STARTED', 'v2'), conversation: CONSULTING.conversation ?? {} },
    recorded: ['+v2', 'state:TALKING>HELD'],
    told: [
      'ConversationStateUpdated HELD',
      'InteractionStateUpdated STARTED',
      'ConversationCreated consult',
      'ConversationStateUpdated TALKING',
      'ConversationMemberAdded 5550199',
      'ConversationInitialized',
      'InteractionFocusChanged',
      'InteractionStateUpdated STARTED',
    ],
  },
  {
    what: 'legs that were exchanged',
    before: CONSULTING,
    after: withLegs({
      v1: { state: 'TALKING', members: [CALLER] },
      v2: { state: 'HELD', members: [SECOND] },
    }),
    recorded: ['state:HELD>TALKING', 'state:TALKING>HELD'],
    told: ['ConversationStateUpdated TALKING', 'InteractionFocusChanged', 'ConversationStateUpdated HELD'],
  },
  {
    what: 'a second leg that is over',
    before: CONSULTING,
    after: { ...call('STARTED'), ...withLegs({ v1: { state: 'TALKING', members: [CALLER] } }) },
    recorded: ['state:HELD>TALKING', 'state:TALKING gone'],
    told: [
      'ConversationStateUpdated TALKING',
      'InteractionFocusChanged',
      'ConversationStateUpdated RELEASED',
      'ConversationDisposed',
      'InteractionStateUpdated STARTED',
    ],
  },
  {
    what: 'a first leg that is over while the second one goes on',
    before: CONSULTING,
    after: call('STARTED', null, 'v2'),
    recorded: ['state:HELD gone'],
    told: [
      'ConversationStateUpdated RELEASED',
      'ConversationDisposed',
      'InteractionFocusChanged',
      'InteractionStateUpdated STARTED',
    ],
  },
];

const CALLS: readonly Row[] = [
  {
    what: 'a call that is gone',
    before: TALKING,
    after: phone([]),
    recorded: ['state:STARTED gone'],
    told: [...ENDS('v1'), 'InteractionDisposed'],
  },
  {
    what: 'a call with two legs that is gone',
    before: CONSULTING,
    after: phone([]),
    recorded: ['state:STARTED gone'],
    told: [...ENDS('v1', 'v2'), 'InteractionDisposed'],
  },
  {
    what: 'a call that has ended and waits for the agent to complete it',
    before: TALKING,
    after: call('ENDED', null, null),
    recorded: ['state:STARTED>ENDED', 'state:TALKING gone'],
    told: ENDS('v1'),
  },
  {
    what: 'a call that rang and was given up',
    before: RINGING,
    after: call('ENDED', null, null),
    recorded: ['state:ALERTING>ENDED', 'state:RINGING gone'],
    told: [...ENDS('v1'), 'InteractionCompleted', 'InteractionStateUpdated COMPLETED', 'InteractionDisposed'],
  },
  {
    what: 'a call that was completed elsewhere',
    before: TALKING,
    after: call('COMPLETED', null, null),
    recorded: ['state:STARTED>COMPLETED', 'state:TALKING gone'],
    told: [...ENDS('v1'), 'InteractionCompleted', 'InteractionStateUpdated COMPLETED', 'InteractionDisposed'],
  },
  {
    what: 'an ended call that the switch has forgotten',
    before: { ...TALKING, ...call('ENDED', null, null) },
    after: phone([]),
    recorded: ['state:ENDED gone'],
    told: ['InteractionDisposed'],
  },
  {
    what: 'data that was attached, changed and taken away',
    before: { ...TALKING, ...call('STARTED', null, 'v1', { a: '1', b: '2' }) },
    after: call('STARTED', null, 'v1', { b: '3', c: { d: '4' } }),
    recorded: ['changedData:0>3'],
    told: ['InteractionDataChanged'],
  },
  {
    what: 'a call that has come in',
    before: { ...TALKING, ...phone([]), ...withLegs({ v1: { state: 'RINGING', members: [CALLER] } }) },
    after: { ...phone(['i']), ...call('ALERTING') },
    recorded: ['+i'],
    told: [
      'InteractionCreated inbound',
      'InteractionStateUpdated ALERTING',
      'ConversationCreated primary',
      'ConversationStateUpdated RINGING',
      'ConversationMemberAdded 5550100',
      'ConversationInitialized',
      'InteractionDataChanged',
      'InteractionPreviewed',
      'InteractionInitialized',
    ],
  },
];

const OTHER_MEDIA: readonly Row[] = [
  {
    what: 'a chat that was taken',
    before: chat('ALERTING'),
    after: chat('STARTED'),
    recorded: ['state:ALERTING>STARTED'],
    told: ['InteractionScreenPopped', 'InteractionStateUpdated STARTED'],
  },
  {
    what: 'a chat whose customer left',
    before: chat('STARTED'),
    after: chat('ENDED'),
    recorded: ['state:STARTED>ENDED'],
    told: ENDS(),
  },
  {
    what: 'a mail that is gone, at a stand-alone channel',
    before: chat('STARTED', 'desk'),
    after: chat(null, 'desk'),
    recorded: ['state:STARTED gone'],
    told: [...ENDS(), 'InteractionDisposed'],
  },
  {
    what: 'a mail that is offered',
    before: chat(null, 'mail'),
    after: chat('ALERTING', 'mail'),
    recorded: ['+m'],
    told: [
      'InteractionCreated inbound',
      'InteractionStateUpdated ALERTING',
      'InteractionDataChanged',
      'InteractionPreviewed',
      'InteractionInitialized',
    ],
  },
];

const AWAY = { status: 'not_ready', lastReasonCode: '7', lastReasonName: 'Lunch' } as const;

const CHANNELS: readonly Row[] = [
  {
    what: 'an agent who went away',
    before: MANY_CHANNELS,
    after: phone([], AWAY),
    recorded: ['status:ready>not_ready reasonCode:>7 reasonNames:0>1'],
    told: ['ChannelInfoChanged ACTIVE not_ready 7', 'ChannelStateUpdated ACTIVE'],
  },
  {
    what: 'an agent who is ready again, of whose last reason nothing is said',
    before: { ...MANY_CHANNELS, ...phone([], AWAY) },
    after: phone([]),
    recorded: ['status:not_ready>ready'],
    told: ['ChannelInfoChanged ACTIVE ready 7', 'ChannelStateUpdated ACTIVE'],
  },
  {
    what: 'a channel that another agent has',
    before: MANY_CHANNELS,
    after: {
      channel: { ...MANY_CHANNELS.channel, chat: { state: 'UNAVAILABLE', agent: null, interactions: [] } },
    },
    recorded: ['state:ACTIVE>UNAVAILABLE status:ready>not_ready'],
    told: [
      'ChannelInfoChanged UNAVAILABLE not_ready',
      'ChannelStateUpdated UNAVAILABLE',
      'ChannelGroupStateUpdated PARTIAL',
    ],
  },
  {
    what: 'a stand-alone channel that the agent was logged off',
    before: MANY_CHANNELS,
    after: {
      channel: { ...MANY_CHANNELS.channel, desk: { state: 'INACTIVE', agent: null, interactions: [] } },
    },
    recorded: ['state:ACTIVE>INACTIVE status:ready>not_ready'],
    told: ['ChannelInfoChanged INACTIVE not_ready', 'ChannelStateUpdated INACTIVE'],
  },
  {
    what: 'a channel that is gone, with the call on it, and one that joined',
    before: TALKING,
    after: {
      channels: {
        g: [
          { nativeId: 'chat', channelType: 'CHAT' },
          { nativeId: 'mail', channelType: 'EMAIL' },
          { nativeId: '1002', channelType: 'TELEPHONY' },
        ],
      },
    },
    recorded: ['+1002', 'state:ACTIVE gone'],
    told: [
      ...ENDS('v1'),
      'InteractionDisposed',
      'ChannelDisposed',
      'ChannelCreated',
      'ChannelStateUpdated INACTIVE',
      'ChannelGroupStateUpdated PARTIAL',
      'ChannelInitialized',
    ],
  },
  {
    what: 'a group that is gone',
    before: { ...ONE_CHANNEL },
    after: { channels: {} },
    recorded: ['state:ACTIVE gone'],
    told: [
      'ChannelInfoChanged INACTIVE not_ready',
      'ChannelStateUpdated INACTIVE',
      'ChannelDisposed',
      'ChannelGroupStateUpdated EMPTY',
      'ChannelGroupDisposed',
    ],
  },
  {
    what: 'groups and stand-alone channels that the agent has removed or never had',
    before: ONE_CHANNEL,
    after: { groups: [{ nativeId: 'g' }, { nativeId: 'h' }], alone: [{ nativeId: 'x', channelType: 'FAX' }] },
    recorded: [],
    told: [],
  },
  { what: 'nothing that differs', before: CONSULTING, after: {}, recorded: [], told: [] },
];

const recordedIn = (events: readonly Parameters<typeof inWords>[0][]): readonly string[] =>
  events
    .filter(({ type }) => type === 'Reconciled')
    .map(inWords)
    .map((words) => words.replace('Reconciled ', ''));

/** What a switch was asked to let go of it names no more. */
const forgets = (s: SessionScenario, told: readonly string[]): void => {
  if (told.includes('InteractionDisposed')) s.world(phone([]));
};

const isParting = (words: string): boolean => /^> (Dispose|Remove)/.test(words);

describe.each([
  ['legs', LEGS],
  ['calls', CALLS],
  ['chats and mails', OTHER_MEDIA],
  ['channels and groups', CHANNELS],
])('a survey finds, of %s,', (_, rows) => {
  it.each(rows)('$what: by the timer', ({ before, after, recorded, told }) => {
    const s = started(before);
    s.world(after);
    const events = [...s.survey('timer'), ...s.answerAll()];
    expect(recordedIn(events)).toEqual(recorded);
    expect(shown(events)).toEqual(told);
    forgets(s, told);
    expect(s.survey('timer')).toEqual([]);
  });

  it.each(rows)('$what: after the adapter was away, without asking it to let go', (row) => {
    const { before, after, recorded, told } = row;
    const s = started(before);
    s.world(after);
    const events = s.reconcile();
    expect(recordedIn(events)).toEqual(recorded);
    const ended = events.findIndex(({ type }) => type === 'ReconcileEnded');
    expect(events.slice(0, ended).map(inWords).filter(isParting)).toEqual([]);
    const all = shown([...events, ...s.answerAll()]);
    expect([...all].sort()).toEqual([...told].sort());
    expect(s.state()).toMatchObject({ link: 'up', reconcile: null });
    forgets(s, told);
    expect(s.survey('timer')).toEqual([]);
  });
});
