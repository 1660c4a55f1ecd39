import { formatTarget, type Target } from '@cordboard/kernel';
import {
  agentView,
  beginWalk,
  type Draw,
  inWords,
  type SessionScenario,
  sessionScenario,
  walkStep,
  walkRuns,
} from '@cordboard/testing/scenario';
import fc from 'fast-check';
import { type CommandType } from '../command.ts';
import { type SessionEvent } from '../session-event.ts';
import { sessionDecider } from './decide.ts';
import { isKnown } from '../placed.ts';
import { nextDeadlineAt } from './queries.ts';
import { recoveryEvents } from './recovery.ts';
import { allowedCommands, refusal } from './refusal.ts';
import { type SessionState } from './session-state.ts';

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

/** Nothing is under way that will tell the agent more when it is over. */
const isAtRest = ({ requests, commands, deferred, interactions }: SessionState): boolean =>
  requests.length + commands.length + deferred.length === 0 &&
  interactions.every((node) => !isKnown(node) || node.holdBack === null);

/** An agent who believes of each object what its last state.updated said to be allowed. */
const believer = (s: SessionScenario) => {
  let heard = 0;
  const said = new Map<string, { readonly target: Target; readonly allowed: readonly CommandType[] }>();
  let state = sessionDecider.initialState;
  const hear = (event: SessionEvent): void => {
    state = sessionDecider.evolve(state, event);
    const { type, target } = event;
    const path = formatTarget(target);
    if (event.silent === true) return;
    if (type.endsWith('StateUpdated')) said.set(path, { target, allowed: allowedCommands(state, target) });
    if (type.endsWith('Disposed')) said.delete(path);
  };
  /** Whatever is taken was said; at rest whatever was said is taken. */
  const check = (): void => {
    for (; heard < s.history().length; heard += 1) hear(s.history()[heard] as SessionEvent);
    if (state.phase !== 'INITIALIZING' && state.phase !== 'STARTED') return;
    const rests = isAtRest(state);
    for (const [path, { target, allowed }] of said) {
      const present = allowedCommands(state, target);
      const unsaid = present.filter(
        (type) => !allowed.includes(type) && refusal(state, type, target) === null,
      );
      const refused = rests ? allowed.filter((type) => !present.includes(type)) : [];
      if (unsaid.length + refused.length === 0) continue;
      throw new Error(`${path}: not said ${unsaid.join(', ')}; said and refused ${refused.join(', ')}`);
    }
  };
  return { check };
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
  const agent = believer(s);
  beginWalk(s, draws[0]?.how ?? 0).forEach(view.show);
  for (const draw of draws) {
    const events = walkStep(s, draw);
    if (events.length === 0) continue;
    events.forEach(view.show);
    agent.check();
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
    fc.assert(fc.property(draws, walk), walkRuns(500));
  });
});
