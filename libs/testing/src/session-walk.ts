import {
  allowedCommands,
  type Command,
  commandKind,
  COMMAND_TYPES,
  sessionDecider,
  type SessionEvent,
  type SessionState,
  type SwitchFact,
  type SwitchFactType,
} from '@cordboard/domain';
import { type Target, targetKind } from '@cordboard/kernel';
import { type SessionScenario } from './session-scenario.ts';
import { type Draw, pick, walkAnswer } from './walk-answers.ts';
import { loseStep, recoverStep, walkSurvey } from './walk-recovery.ts';

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
    number: pick(['5550100', '5550199', '1', '2'], how),
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

const sent = (s: SessionScenario, type: CommandType, target: Target): readonly SessionEvent[] => {
  const taken = s.send(plausible(type, target, s.state()));
  return taken.ok ? taken.value : [];
};

/**
 * A command, mostly one that is admitted: every other time each type is as likely as any other, however few
 * objects take it; else each object is.
 */
const commandStep = (s: SessionScenario, { what, where, how }: Draw): readonly SessionEvent[] => {
  if (s.state().client === null) s.bind();
  const all = targetsOf(s);
  const types = (target: Target) =>
    how % 10 === 0
      ? COMMAND_TYPES.filter((type) => commandKind(type) === targetKind(target))
      : allowedCommands(s.state(), target);
  const wanted = pick(COMMAND_TYPES, what);
  const kind = commandKind(wanted);
  const taking =
    how % 2 === 0
      ? []
      : all.filter((target) => targetKind(target) === kind && types(target).includes(wanted));
  if (taking.length > 0) return sent(s, wanted, pick(taking, where));
  const target = pick(all, where);
  return sent(s, pick([...types(target), wanted], what), target);
};

/** One random step of agent, switch, adapter, time or owner; the events that it led to. */
export const walkStep = (s: SessionScenario, draw: Draw): readonly SessionEvent[] => {
  const { kind, what, where, how } = draw;
  const target = pick(targetsOf(s), where);
  const { client, link } = s.state();
  if (link === 'down' && kind % 2 === 0) return recoverStep(s, draw);
  if (kind === 90) return loseStep(s, draw);
  if (kind === 91) return walkSurvey(s, 'timer', draw);
  if (kind < 30) return commandStep(s, draw);
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
