import { formatTarget, type Target } from '@cordboard/kernel';
import {
  agentView,
  beginWalk,
  type Draw,
  inWords,
  type SessionScenario,
  sessionScenario,
  walkStep,
} from '@cordboard/testing/scenario';
import fc from 'fast-check';
import { type CommandType } from '../command.ts';
import { type SessionEvent } from '../session-event.ts';
import { sessionDecider } from './decide.ts';
import { nextDeadlineAt } from './queries.ts';
import { recoveryEvents } from './recovery.ts';
import { allowedCommands } from './refusal.ts';
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
  beginWalk(s, draws[0]?.how ?? 0).forEach(view.show);
  for (const draw of draws) {
    const events = walkStep(s, draw);
    if (events.length === 0) continue;
    events.forEach(view.show);
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
    fc.assert(fc.property(draws, walk), { numRuns: Number(process.env.WALKS ?? 500) });
  });
});
