import {
  INBOUND_CALL,
  ONE_CHANNEL,
  OUTBOUND_CALL,
  type SessionScenario,
  sessionScenario,
  shown,
  type SwitchWorld,
} from '@cordboard/testing/scenario';
import { type SwitchFact, type SwitchFactType } from '../switch-fact.ts';
import { type ChannelGroupState, type ChannelState, type ConversationState } from '../values.ts';

/**
 * Every fact in every state of its object: what the tables of the bridge (C.4 to C.7, D.3) say that becomes of
 * it and what agents are shown, the switch answering what it is asked. A pair that D.3 does not list is
 * followed all the same, for the switch is right; only what is released or completed stays so.
 */
type Row = readonly [fact: string, to: string, ...shown: string[]];

const PAIR = (state: ChannelState, status: string): readonly [string, string] => [
  `ChannelInfoChanged ${state} ${status}`,
  `ChannelStateUpdated ${state}`,
];
const GROUP = (state: ChannelGroupState): string => `ChannelGroupStateUpdated ${state}`;
const LEG = (state: ConversationState): string => `ConversationStateUpdated ${state}`;
const CALL = (state: string): string => `InteractionStateUpdated ${state}`;
const POP = 'InteractionScreenPopped';
const ENDED = ['InteractionEnded', CALL('ENDED')];
const COMPLETED = ['InteractionCompleted', CALL('COMPLETED'), 'InteractionDisposed'];
/** The last leg goes, and with it the call; one that the agent had waits to be completed. */
const OVER = [LEG('RELEASED'), 'ConversationDisposed', ...ENDED];
/** One that was offered and never taken completes itself (D.5, variants). */
const MISSED = [...OVER, ...COMPLETED];

const FACTS: Readonly<Record<string, Omit<SwitchFact, 'target'>>> = {
  ready: { type: 'AgentReady', busy: false },
  'ready, busy': { type: 'AgentReady', busy: true },
  notready: { type: 'AgentNotReady', busy: false, reasonCode: '7', reasonName: 'Lunch' },
  'notready, busy': { type: 'AgentNotReady', busy: true },
  'notready, acw': { type: 'AgentNotReady', busy: false, reasonCode: 'acw' },
  activated: { type: 'ChannelActivated' },
  deactivated: { type: 'ChannelDeactivated' },
  unavailable: { type: 'ChannelUnavailable' },
  available: { type: 'ChannelAvailable' },
  vanished: { type: 'ChannelVanished' },
  alerting: { type: 'InteractionAlerting' },
  'interaction started': { type: 'InteractionStarted' },
  'interaction ended': { type: 'InteractionEnded' },
  completed: { type: 'InteractionCompleted' },
  'data changed': { type: 'InteractionDataChanged', changes: { vip: 'yes' } },
  'data repeated': { type: 'InteractionDataChanged', changes: { gone: null } },
  ringing: { type: 'ConversationRinging' },
  dialing: { type: 'ConversationDialing' },
  started: { type: 'ConversationStarted' },
  talking: { type: 'ConversationTalking' },
  held: { type: 'ConversationHeld' },
  mute: { type: 'ConversationMuted' },
  busy: { type: 'ConversationBusy' },
  failed: { type: 'ConversationFailed', reason: 'refused' },
  ended: { type: 'ConversationEnded' },
  'transfer failed': { type: 'TransferFailed', reason: 'refused' },
  'conference failed': { type: 'ConferenceFailed', reason: 'refused' },
  'consult known': { type: 'ConsultOffered', nativeId: 'v' },
  'consult begun': { type: 'ConsultOffered', nativeId: 'v2' },
  'party added': { type: 'PartyAdded', number: '3000' },
  'party known': { type: 'PartyAdded', number: '5550100' },
  'party removed': { type: 'PartyRemoved', number: '5550100' },
  'party unknown': { type: 'PartyRemoved', number: '3000' },
} as Readonly<Record<string, Omit<SwitchFact, 'target'>>>;

const tell = (s: SessionScenario, fact: string, target: SwitchFact['target']): readonly string[] => {
  const given = FACTS[fact];
  if (given === undefined) throw new Error(`no such fact: ${fact}`);
  return shown([...s.fact({ ...given, target } as SwitchFact), ...s.answerAll()]);
};

/** Where an object stands; GONE when it is no longer there. */
const now = (nodes: readonly unknown[], index = 0): string => {
  const node = nodes[index] as { readonly state: string } | undefined;
  return node?.state ?? 'GONE';
};

const PARTIES: readonly Row[] = [
  ['party added', '=', 'ConversationMemberAdded 3000'],
  ['party known', '='],
  ['party removed', '=', 'ConversationMemberRemoved 5550100'],
  ['party unknown', '='],
  ['transfer failed', '=', 'ConversationTransferFailed refused'],
  ['conference failed', '=', 'ConversationConferenceFailed refused'],
];

const NOTHING_MORE: readonly Row[] = [
  'ringing',
  'dialing',
  'started',
  'talking',
  'held',
  'mute',
  'busy',
  'failed',
  'ended',
  'party added',
  'party removed',
  'transfer failed',
  'conference failed',
].map((fact) => [fact, 'RELEASED'] as const);

/** A call that the agent talks, holds or mutes: the interaction runs and is ended with its last leg. */
const connected = (...rows: readonly Row[]): readonly Row[] => [
  ['ringing', 'RINGING', LEG('RINGING')],
  ['dialing', 'DIALING', LEG('DIALING')],
  ['started', '='],
  ...rows,
  ['busy', 'GONE', 'ConversationBusy', ...OVER],
  ['failed', 'GONE', 'ConversationFailed refused', ...OVER],
  ['ended', 'GONE', ...OVER],
  ...PARTIES,
];

const LEGS: Readonly<Record<ConversationState, readonly Row[]>> = {
  RINGING: [
    ['ringing', '='],
    ['dialing', 'DIALING', LEG('DIALING'), CALL('DIALING')],
    ['started', '='],
    ['talking', 'TALKING', LEG('TALKING'), POP, CALL('STARTED')],
    ['held', 'HELD', LEG('HELD'), POP, CALL('STARTED')],
    // Not in the table of interactions; a muted call has been answered.
    ['mute', 'MUTE', LEG('MUTE'), POP, CALL('STARTED')],
    ['busy', 'GONE', 'ConversationBusy', ...MISSED],
    ['failed', 'GONE', 'ConversationFailed refused', ...MISSED],
    ['ended', 'GONE', ...MISSED],
    ...PARTIES,
  ],
  DIALING: [
    // Previewed already when it was dialled.
    ['ringing', 'RINGING', LEG('RINGING'), CALL('ALERTING')],
    ['dialing', '='],
    ['started', '='],
    ['talking', 'TALKING', LEG('TALKING'), POP, CALL('STARTED')],
    ['held', 'HELD', LEG('HELD'), POP, CALL('STARTED')],
    ['mute', 'MUTE', LEG('MUTE'), POP, CALL('STARTED')],
    ['busy', 'GONE', 'ConversationBusy', ...OVER],
    ['failed', 'GONE', 'ConversationFailed refused', ...OVER],
    ['ended', 'GONE', ...OVER],
    ...PARTIES,
  ],
  TALKING: connected(['talking', '='], ['held', 'HELD', LEG('HELD')], ['mute', 'MUTE', LEG('MUTE')]),
  HELD: connected(['talking', 'TALKING', LEG('TALKING')], ['held', '='], ['mute', 'MUTE', LEG('MUTE')]),
  MUTE: connected(['talking', 'TALKING', LEG('TALKING')], ['held', 'HELD', LEG('HELD')], ['mute', '=']),
  RELEASED: NOTHING_MORE,
};

/** A call whose only leg has come to this state, by facts as they come. */
const legIn = (state: ConversationState): SessionScenario => {
  const dialled = state === 'DIALING';
  const world: SwitchWorld = dialled ? OUTBOUND_CALL : INBOUND_CALL;
  const v = { state: dialled ? 'DIALING' : 'RINGING', members: [{ number: '5550100' }] } as const;
  const s = sessionScenario({ ...world, conversation: { v } });
  s.start();
  s.offer();
  const way = { TALKING: ['talking'], HELD: ['talking', 'held'], MUTE: ['talking', 'mute'] } as const;
  if (state === 'RELEASED') s.fact({ type: 'ConversationEnded', target: s.conversation() });
  else if (state in way) way[state as keyof typeof way].forEach((fact) => tell(s, fact, s.conversation()));
  expect(now(s.state().conversations)).toBe(state);
  return s;
};

describe.each(Object.entries(LEGS))('a leg that is %s', (from, rows) => {
  it.each(rows)('hears %s', (fact, to, ...events) => {
    const s = legIn(from as ConversationState);
    if (from === 'RELEASED') {
      expect(s.fact({ ...FACTS[fact], target: s.conversation() } as SwitchFact)).toEqual([]);
    } else {
      expect(tell(s, fact, s.conversation())).toEqual(events);
    }
    expect(now(s.state().conversations)).toBe(to === '=' ? from : to);
  });
});

/** The second leg of a call whose first leg is held (D.7); the focus is on it unless it was found held. */
const GONE_WITH_FOCUS = [
  LEG('RELEASED'),
  'ConversationDisposed',
  'InteractionFocusChanged',
  CALL('STARTED'),
] as const;
const ends = (...events: readonly string[]): readonly Row[] => [
  ['busy', 'GONE', 'ConversationBusy', ...events],
  ['failed', 'GONE', 'ConversationFailed refused', ...events],
  ['ended', 'GONE', ...events],
];
/** Its first connection lets the agent do more with the call, so that is told (CNV-E07). */
const answered = (...rows: readonly Row[]): readonly Row[] => [
  ...rows,
  ['started', '='],
  ['talking', 'TALKING', LEG('TALKING'), CALL('STARTED')],
  ['held', 'HELD', LEG('HELD'), CALL('STARTED')],
  ['mute', 'MUTE', LEG('MUTE'), CALL('STARTED')],
  ...ends(...GONE_WITH_FOCUS),
  ...PARTIES,
];
const inTalk = (...rows: readonly Row[]): readonly Row[] => [
  ['ringing', 'RINGING', LEG('RINGING'), CALL('STARTED')],
  ['dialing', 'DIALING', LEG('DIALING'), CALL('STARTED')],
  ['started', '='],
  ...rows,
  ...PARTIES,
];

const CONSULTS: Readonly<Partial<Record<ConversationState, readonly Row[]>>> = {
  RINGING: answered(['ringing', '='], ['dialing', 'DIALING', LEG('DIALING')]),
  DIALING: answered(['ringing', 'RINGING', LEG('RINGING')], ['dialing', '=']),
  TALKING: inTalk(
    ['talking', '='],
    ['held', 'HELD', LEG('HELD')],
    ['mute', 'MUTE', LEG('MUTE')],
    ...ends(...GONE_WITH_FOCUS),
  ),
  HELD: inTalk(
    ['talking', 'TALKING', LEG('TALKING'), 'InteractionFocusChanged'],
    ['held', '='],
    ['mute', 'MUTE', LEG('MUTE')],
    ...ends(LEG('RELEASED'), 'ConversationDisposed', CALL('STARTED')),
  ),
  MUTE: inTalk(
    ['talking', 'TALKING', LEG('TALKING')],
    ['held', 'HELD', LEG('HELD')],
    ['mute', '='],
    ...ends(...GONE_WITH_FOCUS),
  ),
};

describe.each(Object.entries(CONSULTS))('a consult leg that is %s', (from, rows) => {
  it.each(rows)('hears %s', (fact, to, ...events) => {
    const members = [{ number: '5550100' }];
    const s = sessionScenario({
      ...ONE_CHANNEL,
      interaction: { i: { state: 'STARTED', data: {}, primary: 'v1', consult: 'v2' } },
      conversation: {
        v1: { state: 'HELD', members },
        v2: { state: from as ConversationState, members },
      },
    });
    s.start();
    s.offer();
    expect(tell(s, fact, s.conversation(1))).toEqual(events);
    expect(now(s.state().conversations, 1)).toBe(to === '=' ? from : to);
    expect(now(s.state().conversations)).toBe('HELD');
    expect(now(s.state().interactions)).toBe('STARTED');
  });
});

const DATA: readonly Row[] = [
  ['data changed', '=', 'InteractionDataChanged'],
  ['data repeated', '='],
];
/** Outside a running call nothing comes of a second leg (V-3); chats have none at all. */
const NO_SECOND: readonly Row[] = [
  ['consult known', '='],
  ['consult begun', '='],
];
const SECOND: readonly Row[] = [
  ['consult known', '='],
  [
    'consult begun',
    '=',
    CALL('STARTED'),
    'ConversationCreated consult',
    LEG('DIALING'),
    'ConversationMemberAdded 5550199',
    'ConversationInitialized',
    'InteractionFocusChanged',
  ],
];
const NOT_ANY_MORE: readonly Row[] = [
  'alerting',
  'interaction started',
  'interaction ended',
  'completed',
  'data changed',
  'consult begun',
].map((fact) => [fact, 'COMPLETED'] as const);

const CHAT_CHANNEL: SwitchWorld = {
  ...ONE_CHANNEL,
  channels: { g: [{ nativeId: '1001', channelType: 'CHAT' }] },
};

/** Without legs the switch says itself how the interaction stands. */
const CHATS: Readonly<Record<string, readonly Row[]>> = {
  ALERTING: [
    ['alerting', '='],
    ['interaction started', 'STARTED', POP, CALL('STARTED')],
    ['interaction ended', 'GONE', ...ENDED, ...COMPLETED],
    ['completed', 'GONE', ...COMPLETED],
    ...DATA,
    ...NO_SECOND,
  ],
  STARTED: [
    ['alerting', 'ALERTING', CALL('ALERTING')],
    ['interaction started', '='],
    ['interaction ended', 'ENDED', ...ENDED],
    ['completed', 'GONE', ...COMPLETED],
    ...DATA,
    ...NO_SECOND,
  ],
  ENDED: [
    ['alerting', 'ALERTING', CALL('ALERTING')],
    ['interaction started', 'STARTED', CALL('STARTED')],
    ['interaction ended', '='],
    ['completed', 'GONE', ...COMPLETED],
    ...DATA,
    ...NO_SECOND,
  ],
  COMPLETED: NOT_ANY_MORE,
};

const WITH_ITS_LEG = [
  'InteractionCompleted',
  CALL('COMPLETED'),
  LEG('RELEASED'),
  'ConversationDisposed',
  'InteractionDisposed',
] as const;

/** Calls alert by their leg, so that `interaction.alerting` says nothing about them (INT-E01). */
const call = (...rows: readonly Row[]): readonly Row[] => [
  ['alerting', '='],
  ...rows,
  ['completed', 'GONE', ...WITH_ITS_LEG],
  ...DATA,
];
const CALLS: Readonly<Record<string, readonly Row[]>> = {
  ALERTING: call(
    ['interaction started', 'STARTED', POP, CALL('STARTED')],
    ['interaction ended', 'ENDED', ...ENDED],
    ...NO_SECOND,
  ),
  DIALING: call(
    ['interaction started', 'STARTED', POP, CALL('STARTED')],
    ['interaction ended', 'ENDED', ...ENDED],
    ...NO_SECOND,
  ),
  STARTED: call(['interaction started', '='], ['interaction ended', 'ENDED', ...ENDED], ...SECOND),
  ENDED: call(['interaction started', 'STARTED', CALL('STARTED')], ['interaction ended', '='], ...NO_SECOND),
  COMPLETED: NOT_ANY_MORE,
};

const WAY: Readonly<Record<string, readonly SwitchFactType[]>> = {
  STARTED: ['InteractionStarted'],
  ENDED: ['InteractionStarted', 'InteractionEnded'],
  COMPLETED: ['InteractionCompleted'],
};

const interactionIn = (world: SwitchWorld, state: string): SessionScenario => {
  const v2 = { state: 'DIALING', members: [{ number: '5550199' }] } as const;
  const s = sessionScenario({ ...world, conversation: { ...world.conversation, v2 } });
  s.start();
  s.offer();
  const target = s.interaction();
  (WAY[state] ?? []).forEach((type) => s.fact({ type, target } as SwitchFact));
  expect(now(s.state().interactions)).toBe(state);
  return s;
};

const hears = (s: SessionScenario, from: string, [fact, to, ...events]: Row): void => {
  if (from === 'COMPLETED') {
    expect(s.fact({ ...FACTS[fact], target: s.interaction() } as SwitchFact)).toEqual([]);
  } else {
    expect(tell(s, fact, s.interaction())).toEqual(events);
  }
  expect(now(s.state().interactions)).toBe(to === '=' ? from : to);
};

describe.each(Object.entries(CHATS))('a chat that is %s', (from, rows) => {
  it.each(rows)('hears %s', (...row: Row) => hears(interactionIn(CHAT_CHANNEL, from), from, row));
});

describe.each(Object.entries(CALLS))('a call that is %s', (from, rows) => {
  const world = from === 'DIALING' ? OUTBOUND_CALL : INBOUND_CALL;
  it.each(rows)('hears %s', (...row: Row) => hears(interactionIn(world, from), from, row));
});

/** Availability is followed in every state of the channel (CHN-E06, CHN-E07); a `ready` agent is said below. */
const work = (state: ChannelState, ...rows: readonly Row[]): readonly Row[] => [
  ...rows,
  ['ready, busy', '=', ...PAIR(state, 'busy_ready')],
  ['notready', '=', ...PAIR(state, 'not_ready 7')],
  ['notready, busy', '=', ...PAIR(state, 'busy_not_ready')],
  ['notready, acw', '=', ...PAIR(state, 'after_call_work acw')],
];
const CHANNELS: Readonly<Record<ChannelState, readonly Row[]>> = {
  ACTIVE: work(
    'ACTIVE',
    ['activated', '='],
    ['deactivated', 'INACTIVE', ...PAIR('INACTIVE', 'not_ready'), GROUP('INACTIVE')],
    ['unavailable', 'UNAVAILABLE', ...PAIR('UNAVAILABLE', 'not_ready'), GROUP('INACTIVE')],
    ['available', 'INACTIVE', ...PAIR('INACTIVE', 'not_ready'), GROUP('INACTIVE')],
    ['vanished', 'GONE', 'ChannelDisposed', GROUP('EMPTY')],
    ['ready', '='],
  ),
  INACTIVE: work(
    'INACTIVE',
    ['activated', 'ACTIVE', ...PAIR('ACTIVE', 'not_ready'), GROUP('ACTIVE')],
    ['deactivated', '='],
    ['unavailable', 'UNAVAILABLE', ...PAIR('UNAVAILABLE', 'not_ready')],
    ['available', '='],
    ['vanished', 'GONE', 'ChannelDisposed', GROUP('EMPTY')],
    ['ready', '=', ...PAIR('INACTIVE', 'ready')],
  ),
  UNAVAILABLE: work(
    'UNAVAILABLE',
    ['activated', 'ACTIVE', ...PAIR('ACTIVE', 'not_ready'), GROUP('ACTIVE')],
    ['deactivated', 'INACTIVE', ...PAIR('INACTIVE', 'not_ready')],
    ['unavailable', '='],
    ['available', 'INACTIVE', ...PAIR('INACTIVE', 'not_ready')],
    ['vanished', 'GONE', 'ChannelDisposed', GROUP('EMPTY')],
    ['ready', '=', ...PAIR('UNAVAILABLE', 'ready')],
  ),
};

const channelIn = (state: ChannelState): SessionScenario => {
  const ready = { status: 'ready', lastReasonCode: '', lastReasonName: '' } as const;
  const agent = state === 'ACTIVE' ? ready : null;
  const s = sessionScenario({ ...INBOUND_CALL, channel: { 1001: { state, agent, interactions: [] } } });
  s.start();
  return s;
};

describe.each(Object.entries(CHANNELS))('a channel that is %s', (from, rows) => {
  it.each(rows)('hears %s', (fact, to, ...events) => {
    const s = channelIn(from as ChannelState);
    expect(tell(s, fact, s.channel())).toEqual(events);
    expect(now(s.state().channels)).toBe(to === '=' ? from : to);
  });

  it('hears of a new interaction', () => {
    const s = channelIn(from as ChannelState);
    expect(shown(s.offer())).toEqual([
      'InteractionCreated inbound',
      CALL('ALERTING'),
      'ConversationCreated primary',
      LEG('RINGING'),
      'ConversationMemberAdded 5550100',
      'ConversationInitialized',
      'InteractionDataChanged',
      'InteractionPreviewed',
      'InteractionInitialized',
    ]);
    expect(now(s.state().channels)).toBe(from);
  });
});

describe('the tables', () => {
  /** Told where they are at home: the extension family, channels that join. */
  type Elsewhere = 'AddressBookChanged' | 'AgentLegChanged' | 'ChannelJoined';
  const TYPES: Readonly<Record<string, readonly (readonly Row[])[]>> = {
    Channel: Object.values(CHANNELS),
    Interaction: [...Object.values(CHATS), ...Object.values(CALLS)],
    Conversation: [...Object.values(LEGS), ...Object.values(CONSULTS)],
  };
  const typesOf = (rows: readonly Row[]) => new Set(rows.map(([fact]) => FACTS[fact]?.type));
  const belongs: Readonly<
    Record<Exclude<SwitchFactType, 'SessionEnded' | 'InteractionOffered' | Elsewhere>, string>
  > = {
    ChannelActivated: 'Channel',
    ChannelDeactivated: 'Channel',
    ChannelUnavailable: 'Channel',
    ChannelAvailable: 'Channel',
    ChannelVanished: 'Channel',
    AgentReady: 'Channel',
    AgentNotReady: 'Channel',
    InteractionAlerting: 'Interaction',
    InteractionStarted: 'Interaction',
    InteractionEnded: 'Interaction',
    InteractionCompleted: 'Interaction',
    InteractionDataChanged: 'Interaction',
    ConsultOffered: 'Interaction',
    ConversationRinging: 'Conversation',
    ConversationDialing: 'Conversation',
    ConversationStarted: 'Conversation',
    ConversationTalking: 'Conversation',
    ConversationHeld: 'Conversation',
    ConversationMuted: 'Conversation',
    ConversationBusy: 'Conversation',
    ConversationFailed: 'Conversation',
    ConversationEnded: 'Conversation',
    PartyAdded: 'Conversation',
    PartyRemoved: 'Conversation',
    TransferFailed: 'Conversation',
    ConferenceFailed: 'Conversation',
  };

  it.each(Object.entries(TYPES))('name every fact about a %s in every state', (kind, states) => {
    const types = Object.entries(belongs)
      .filter(([, of]) => of === kind)
      .map(([type]) => type);
    for (const rows of states) expect(typesOf(rows)).toEqual(new Set(types));
  });
});
