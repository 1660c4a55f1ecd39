import {
  type Command,
  COMMAND_TYPES,
  type SessionEvent,
  type SwitchFact,
  type SwitchFactType,
} from '@cordboard/domain';
import { type Target, targetKind } from '@cordboard/kernel';
import { type SessionScenario } from './session-scenario.ts';
import { type Draw, pick, walkAnswer } from './walk-answers.ts';

type CommandType = Command['type'];

const FACTS: Readonly<Record<string, readonly SwitchFactType[]>> = {
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
  ],
};

/** A command with data that nobody could refuse it for. */
export const plausible = (type: CommandType, target: Target): Command =>
  ({
    type,
    target,
    destination: '5550100',
    reasonCode: 'acw',
    endpoint: 'solo',
    channelType: 'CHAT',
    id: 'none',
    name: 'PROJECT',
    chat: true,
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
  } as SwitchFact;
};

const answerStep = (s: SessionScenario, draw: Draw): readonly SessionEvent[] => {
  const { requests } = s.state();
  const pending = requests[draw.where % Math.max(1, requests.length)];
  return pending === undefined
    ? s.must({ kind: 'answer', requestId: 'nobody', answer: { ok: true, reading: { of: 'none' } } })
    : s.must({ kind: 'answer', requestId: pending.requestId, answer: walkAnswer(pending.request, draw) });
};

/** A prepared and bound session, its start asked for, under a policy that is drawn. */
export const beginWalk = (s: SessionScenario, policy: number): void => {
  const whenLapsed = pick(['keep', 'not-ready', 'log-out'] as const, policy);
  s.prepare({ resumeMs: 60_000, whenLapsed, unboundMs: 300_000 });
  s.bind();
  s.send(plausible('StartSession', s.target));
};

/** One random step of agent, switch, time or owner; the events that it led to. */
export const walkStep = (s: SessionScenario, draw: Draw): readonly SessionEvent[] => {
  const { kind, what, where, how } = draw;
  const target = pick(targetsOf(s), where);
  const { client } = s.state();
  if (kind < 30) {
    if (client === null) s.bind();
    const taken = s.send(plausible(pick(COMMAND_TYPES, what), target));
    return taken.ok ? taken.value : [];
  }
  if (kind < 62) return answerStep(s, draw);
  if (kind < 90) {
    const fact = factOf(target, draw);
    return fact === null ? [] : s.fact(fact);
  }
  if (kind < 93) return s.after(pick([1, 30_000, 120_000, 300_000], how));
  if (kind < 95) return s.must({ kind: 'claim', epoch: how, worker: 'w' });
  if (kind < 97) return s.must({ kind: 'unbind', binding: client?.binding ?? '', reason: 'closed' });
  if (kind < 98 && how % 5 === 0) return s.must({ kind: 'close', reason: 'overridden' });
  if (kind < 99 && how % 5 === 0) return s.fact({ type: 'SessionEnded', target: s.target });
  const bound = s.bind(`binding-${String(how)}`, pick(['tab-1', 'tab-2'], what), how % 2 === 0);
  return bound.ok ? bound.value : [];
};
