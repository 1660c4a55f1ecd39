import {
  type Adapter,
  type Command,
  commandKind,
  COMMAND_TYPES,
  type House,
  sessionDecider,
  type SessionEvent,
  type SessionState,
  type SwitchFact,
  type SwitchFactType,
} from '@cordboard/domain';
import { type Target, targetKind } from '@cordboard/kernel';
import { ADAPTER, FULL_ADAPTER, type SessionScenario } from './session-scenario.ts';
import { type Draw, pick, walkAnswer } from './walk-answers.ts';

type CommandType = Command['type'];

const FACTS: Readonly<Record<string, readonly SwitchFactType[]>> = {
  session: ['AgentLegChanged', 'AddressBookChanged'],
  channelgroup: ['ChannelJoined'],
  channel: [
    'ChannelActivated',
    'ChannelDeactivated',
    'ChannelUnavailable',
    'ChannelAvailable',
    'AgentReady',
    'AgentNotReady',
    'InteractionOffered',
    'InteractionOffered',
    'InteractionOffered',
  ],
  interaction: [
    'InteractionAlerting',
    'InteractionStarted',
    'InteractionEnded',
    'InteractionCompleted',
    'InteractionDataChanged',
    'ConsultOffered',
  ],
  conversation: [
    'ConversationRinging',
    'ConversationDialing',
    'ConversationStarted',
    'ConversationTalking',
    'ConversationHeld',
    'ConversationMuted',
    'ConversationBusy',
    'ConversationFailed',
    'ConversationEnded',
    'PartyAdded',
    'PartyRemoved',
    'TransferFailed',
    'ConferenceFailed',
  ],
};

/** A name that no object of the session has. */
const fresh = (objects: readonly { readonly nativeId: string }[], name: string): string => {
  const taken = new Set(objects.map(({ nativeId }) => nativeId));
  return taken.has(name) ? fresh(objects, `${name}-`) : name;
};

/** What could be removed: a group or stand-alone channel that is all announced. */
const removable = (state: SessionState, type: CommandType): string => {
  const nodes = type === 'RemoveChannelGroup' ? state.groups : state.channels;
  const node = nodes.find(({ parent, stage }) => parent === state.session && stage === 'LIVE');
  return node?.path.slice(state.session.length + 1) ?? 'none';
};

/** A command with data that nobody could refuse it for in this state. */
export const plausible = (
  type: CommandType,
  target: Target,
  state: SessionState = sessionDecider.initialState,
): Command =>
  ({
    type,
    target,
    destination: '5550100',
    reasonCode: 'acw',
    endpoint: fresh([...state.channels, ...state.plannedChannels], 'solo'),
    channelType: 'TELEPHONY',
    id: removable(state, type),
    name: fresh([...state.groups, ...state.plannedGroups], 'PROJECT'),
    chat: false,
    email: false,
    callback: false,
    realtime: true,
    options: [],
    key: 'key',
    value: 'value',
    disposition: 'done',
    parameters: { p1: 'go' },
    digits: '12#',
    number: '5550100',
  }) as unknown as Command;

const targetsOf = (s: SessionScenario): readonly Target[] => {
  const { groups, channels, interactions, conversations } = s.state();
  const objects = [...groups, ...channels, ...interactions, ...conversations];
  return [
    s.target,
    ...[...interactions, ...conversations].map(({ target }) => target),
    ...objects.map(({ target }) => target),
    { ...s.target, channelgroup: 'nowhere', channel: 'none' },
  ];
};

const factOf = (target: Target, { what, how }: Draw): SwitchFact | null => {
  const types = FACTS[targetKind(target)];
  if (types === undefined) return null;
  const type = how % 97 === 0 ? 'ChannelVanished' : pick(types, what);
  return {
    type,
    target,
    busy: how % 2 === 0,
    nativeId: `i${String(how % 5)}`,
    changes: { key: how % 3 === 0 ? null : String(how) },
    number: String(how % 4),
    reason: 'no such number',
    state: pick(['connected', 'disconnected', 'failed'], how),
    error: 'no answer',
    addressBooks: [],
    channelType: pick(['CHAT', 'FAX'], how),
    reasonCode: pick([undefined, 'acw', '7'], how),
  } as SwitchFact;
};

const answerStep = (s: SessionScenario, draw: Draw): readonly SessionEvent[] => {
  const { requests } = s.state();
  const pending = requests[draw.where % Math.max(1, requests.length)];
  return pending === undefined
    ? s.must({ kind: 'answer', requestId: 'nobody', answer: { ok: true, reading: { of: 'none' } } })
    : s.must({ kind: 'answer', requestId: pending.requestId, answer: walkAnswer(pending.request, draw) });
};

const label = { language: 'en', country: 'US', name: 'Lunch', description: '' };

/** A house with something of each kind; the walk's interactions name its queue. */
export const WALK_HOUSE: Partial<House> = {
  directory: [{ name: 'Front desk', destination: '5550199' }],
  notReadyReasons: [
    { reasonCodeId: '7', reasonCodeCode: 'LUNCH', selectable: true, extensions: [], labels: [label] },
  ],
  logoutReasons: [{ logoutReasonId: '1', logoutReasonCode: 'HOME', extensions: [], labels: [label] }],
  dispositions: [{ dispositionId: '1', dispositionCode: 'SOLD', extensions: [], labels: [label] }],
  queues: { 7001: { wrapUpMs: 30_000, dispositionRequired: true } },
};

const LACKING: Adapter = {
  instance: 'sim-1',
  capabilities: { 'channel-activation-supported': false, 'channel-groups-supported': false },
};
const ADAPTERS: readonly Adapter[] = [FULL_ADAPTER, ADAPTER, FULL_ADAPTER, LACKING];

/** Half of the walks begin with a call that is up already, or they would seldom come that far. */
const openWithCall = (s: SessionScenario, consult: string | null): readonly SessionEvent[] => {
  s.world({
    interaction: { i0: { state: 'STARTED', data: { QUEUE: '7001' }, primary: 'v1', consult } },
    conversation: {
      v1: { state: consult === null ? 'TALKING' : 'HELD', members: [{ number: '5550100' }] },
      v2: { state: 'TALKING', members: [{ number: '5550199' }] },
    },
  });
  return [...s.answerAll(), ...s.offer('i0')];
};

/** A prepared and bound session, its start asked for or a call up, under a policy that is drawn. */
export const beginWalk = (s: SessionScenario, policy: number): readonly SessionEvent[] => {
  const whenLapsed = pick(['keep', 'not-ready', 'log-out'] as const, policy);
  s.house(policy % 2 === 0 ? WALK_HOUSE : {});
  s.prepare({ resumeMs: 60_000, whenLapsed, unboundMs: 300_000 });
  s.bind();
  s.send(plausible('StartSession', s.target), pick(ADAPTERS, policy));
  const consult = pick([undefined, undefined, null, 'v2'], Math.floor(policy / 12));
  return consult === undefined ? [] : openWithCall(s, consult);
};

/** One random step of agent, switch, time or owner; the events that it led to. */
export const walkStep = (s: SessionScenario, draw: Draw): readonly SessionEvent[] => {
  const { kind, what, where, how } = draw;
  const target = pick(targetsOf(s), where);
  const { client } = s.state();
  if (kind < 30) {
    if (client === null) s.bind();
    const fitting = COMMAND_TYPES.filter(
      (type) => how % 10 === 0 || commandKind(type) === targetKind(target),
    );
    const taken = s.send(plausible(pick(fitting, what), target, s.state()));
    return taken.ok ? taken.value : [];
  }
  if (kind < 62) return answerStep(s, draw);
  if (kind < 90) {
    const fact = factOf(target, draw);
    return fact === null ? [] : s.fact(fact);
  }
  if (kind < 93) return s.after(pick([1, 2_000, 30_000, 120_000, 300_000], how));
  if (kind < 95) return s.must({ kind: 'claim', epoch: how, worker: 'w' });
  if (kind < 97) return s.must({ kind: 'unbind', binding: client?.binding ?? '', reason: 'closed' });
  if (kind < 98 && how % 5 === 0) return s.must({ kind: 'close', reason: 'overridden' });
  if (kind < 99 && how % 5 === 0) return s.fact({ type: 'SessionEnded', target: s.target });
  const bound = s.bind(`binding-${String(how)}`, pick(['tab-1', 'tab-2'], what), how % 2 === 0);
  return bound.ok ? bound.value : [];
};
