import { formatTarget, type Target } from '@cordboard/kernel';
import { agentView, inWords, sessionScenario, type SessionScenario } from '@cordboard/testing/scenario';
import fc from 'fast-check';
import { type Command, type CommandType } from '../command.ts';
import { allObjects } from '../objects.ts';
import { type SessionEvent } from '../session-event.ts';
import { type SwitchFact, type SwitchFactType } from '../switch-fact.ts';
import { type SwitchAnswer, type SwitchReading, type SwitchRequest } from '../switch-request.ts';
import { sessionDecider } from './decide.ts';
import { nextDeadlineAt } from './queries.ts';
import { recoveryEvents } from './recovery.ts';
import { allowedCommands } from './refusal.ts';
import { type SessionState } from './session-state.ts';

/** Draws of one step; what they mean depends on the state that the walk has reached. */
interface Draw {
  readonly kind: number;
  readonly what: number;
  readonly where: number;
  readonly how: number;
}

const pick = <Item>(items: readonly Item[], draw: number): Item => items[draw % items.length] as Item;

const COMMANDS: readonly CommandType[] = [
  'StartSession',
  'LogOut',
  'ActivateChannel',
  'DeactivateChannel',
  'MakeReady',
  'MakeNotReady',
  'Dial',
  'AcceptInteraction',
  'RejectInteraction',
  'CompleteInteraction',
  'AnswerConversation',
  'ReleaseConversation',
  'HoldConversation',
  'RetrieveConversation',
];

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

const commandOf = (type: CommandType, target: Target): Command => ({
  type,
  target,
  destination: '5550100',
  reasonCode: 'acw',
});

const kindOf = (target: Target): string => {
  if (target.conversation !== undefined) return 'conversation';
  if (target.interaction !== undefined) return 'interaction';
  return target.channel === undefined ? 'other' : 'channel';
};

const targetsOf = (s: SessionScenario): readonly Target[] => [
  s.target,
  ...allObjects(s.state()).map(({ target }) => target),
  { ...s.target, channelgroup: 'nowhere', channel: 'none' },
];

const readingOf = ({ type }: SwitchRequest, { what, how }: Draw): SwitchReading => {
  const native = (prefix: string, count: number): { nativeId: string }[] =>
    Array.from({ length: count % 3 }, (_, index) => ({ nativeId: `${prefix}${String(index)}` }));
  switch (type) {
    case 'ReadSession':
      return { of: 'session', groups: native('g', how + 1) };
    case 'ReadChannelGroup':
      return {
        of: 'channelgroup',
        channels: native('c', how + 1).map((one) => ({
          ...one,
          channelType: pick(['TELEPHONY', 'CHAT'], what),
        })),
      };
    case 'ReadChannel':
      return {
        of: 'channel',
        state: pick(['ACTIVE', 'INACTIVE', 'UNAVAILABLE', 'ACTIVE'], what),
        agent: how % 2 === 0 ? null : { status: 'ready', lastReasonCode: '', lastReasonName: '' },
        interactions: native('i', how),
      };
    case 'ReadInteraction': {
      const consult = how % 5 === 0 ? 'v2' : null;
      return {
        of: 'interaction',
        state: pick(['ALERTING', 'DIALING', 'STARTED', 'ENDED', 'COMPLETED', 'ALERTING', 'STARTED'], what),
        data: { ANI: '5550100' },
        primary: how % 4 === 0 ? null : 'v1',
        consult,
      };
    }
    case 'ReadConversation':
      return {
        of: 'conversation',
        state: pick(['RINGING', 'DIALING', 'TALKING', 'HELD', 'MUTE', 'RELEASED', 'RINGING'], what),
        members: [{ number: '5550100', name: 'Customer' }],
      };
    default:
      return { of: 'none' };
  }
};

const answerOf = (request: SwitchRequest, draw: Draw): SwitchAnswer =>
  draw.where % 8 === 7
    ? { ok: false, cause: pick(['refused', 'unknown', 'malformed'], draw.how), message: 'no' }
    : { ok: true, reading: readingOf(request, draw) };

const factOf = (target: Target, { what, how }: Draw): SwitchFact | null => {
  const types = FACTS[kindOf(target)];
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
  };
};

const step = (s: SessionScenario, draw: Draw): readonly SessionEvent[] => {
  const { kind, what, where, how } = draw;
  const target = pick(targetsOf(s), where);
  const { requests, client } = s.state();
  if (kind < 30) {
    if (client === null) s.bind();
    const command = commandOf(pick(COMMANDS, what), target);
    const allowed = allowedCommands(s.state(), target).includes(command.type);
    const before = s.history().length;
    const taken = s.send(command);
    // What goes on meanwhile may refuse a command that the object's state admits, never the other way round.
    const idle = requests.length === 0 && command.type !== 'DeactivateChannel';
    if (taken.ok || idle) expect([command.type, allowed]).toEqual([command.type, taken.ok]);
    return s.history().slice(before);
  }
  if (kind < 62) {
    const pending = requests[where % Math.max(1, requests.length)];
    const nothing: SwitchAnswer = { ok: true, reading: { of: 'none' } };
    if (pending === undefined) return s.must({ kind: 'answer', requestId: 'nobody', answer: nothing });
    return s.must({ kind: 'answer', requestId: pending.requestId, answer: answerOf(pending.request, draw) });
  }
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

/** Names that may occur once only in the whole life of a session. */
const freshIds = (event: SessionEvent): readonly string[] => {
  if (event.type !== 'SwitchRequested') return [];
  const { requestId, request } = event.data;
  return 'nativeId' in request ? [requestId, request.id] : [requestId];
};

const checkStream = (s: SessionScenario): void => {
  const history = s.history();
  const ids = history.flatMap(freshIds);
  expect(new Set(ids).size).toBe(ids.length);
  const count = (type: SessionEvent['type']): number => history.filter((event) => event.type === type).length;
  expect(count('CommandAccepted') - count('CommandCompleted')).toBe(s.state().commands.length);
  expect(history.slice(0, -1).some(({ type }) => type === 'SessionClosed')).toBe(false);
  expect(nextDeadlineAt(s.state()) === null || s.state().phase !== 'CLOSED').toBe(true);
};

/** What each object's last state.updated said to be allowed; every command that is taken must be among it. */
const checkTold = (history: readonly SessionEvent[], { phase }: SessionState): void => {
  if (phase !== 'INITIALIZING' && phase !== 'STARTED') return;
  const said = new Map<string, { readonly target: Target; readonly allowed: readonly CommandType[] }>();
  let state = sessionDecider.initialState;
  for (const event of history) {
    state = sessionDecider.evolve(state, event);
    const { type, target } = event;
    const path = formatTarget(target);
    if (type.endsWith('StateUpdated')) said.set(path, { target, allowed: allowedCommands(state, target) });
    if (type.endsWith('Disposed')) said.delete(path);
  }
  for (const [path, { target, allowed }] of said) {
    const unsaid = allowedCommands(state, target).filter((type) => !allowed.includes(type));
    expect({ path, unsaid }).toEqual({ path, unsaid: [] });
  }
};

const walk = (draws: readonly Draw[]): void => {
  const s = sessionScenario();
  try {
    walkWith(s, draws);
  } catch (error) {
    throw told(s, error);
  }
};

const walkWith = (s: SessionScenario, draws: readonly Draw[]): void => {
  const view = agentView();
  const policies = ['keep', 'not-ready', 'log-out'] as const;
  s.prepare({ resumeMs: 60_000, whenLapsed: pick(policies, draws[0]?.how ?? 0), unboundMs: 300_000 });
  s.bind();
  s.send(commandOf('StartSession', s.target));
  for (const draw of draws) {
    step(s, draw).forEach(view.show);
    const { phase } = s.state();
    if (phase === 'CLOSED') {
      expect(s.must({ kind: 'elapsed' })).toEqual([]);
      break;
    }
    if (phase === 'LOGGING_OUT') continue;
    const recovered = agentView();
    recoveryEvents(s.state()).forEach(recovered.show);
    expect(recovered.objects()).toEqual(view.objects());
  }
  checkStream(s);
  checkTold(s.history(), s.state());
};

/** A breach is told with the way that led to it. */
const told = (s: SessionScenario, error: unknown): Error =>
  new Error(`${s.history().slice(-40).map(inWords).join(' | ')}\n${String(error)}`);

const draws = fc.array(
  fc.record({ kind: fc.nat(99), what: fc.nat(999), where: fc.nat(999), how: fc.nat(999) }),
  { maxLength: 120, size: 'max' },
);

describe('a session on any way through life', () => {
  it('keeps its promises after every step', () => {
    fc.assert(fc.property(draws, walk), { numRuns: Number(process.env.WALKS ?? 150) });
  });

  it('folds to the state that it was decided on', () => {
    fc.assert(
      fc.property(draws, (some) => {
        const s = sessionScenario();
        s.start();
        some.forEach((draw) => step(s, draw));
        const folded = s.history().reduce(sessionDecider.evolve, sessionDecider.initialState);
        expect(JSON.parse(JSON.stringify(folded))).toEqual(JSON.parse(JSON.stringify(s.state())));
        for (const target of targetsOf(s)) expect(formatTarget(target)).not.toBe('');
      }),
      { numRuns: 15 },
    );
  });
});
