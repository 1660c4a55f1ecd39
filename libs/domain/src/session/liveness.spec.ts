import { formatTarget } from '@cordboard/kernel';
import {
  ADAPTER,
  beginWalk,
  type Draw,
  inWords,
  plausible,
  type SessionScenario,
  sessionScenario,
  surveyWith,
  walkAnswer,
  walkStep,
  walkRuns,
  walkWorld,
} from '@cordboard/testing/scenario';
import fc from 'fast-check';
import { EMPTY_HOUSE } from '../house.ts';
import { FOLLOW_MS } from '../limits.ts';
import { holdBacksUntil } from '../interaction/hold-back-state.ts';
import { allObjects } from '../objects.ts';
import { type EventType, type SessionEvent } from '../session-event.ts';
import { nextDeadlineAt } from './queries.ts';
import { type SessionState } from './session-state.ts';

/** More than any of these walks needs; who takes longer waits for ever. */
const PATIENCE = 500;

const draw = fc.record({ kind: fc.nat(99), what: fc.nat(999), where: fc.nat(999), how: fc.nat(999) });
const draws = fc.array(draw, { minLength: 5, maxLength: 60, size: 'max' });

/** Lets time pass to the next deadline; it must be over then, or the owner would wake up for nothing for ever. */
const wake = (s: SessionScenario): void => {
  const due = nextDeadlineAt(s.state());
  if (due === null) return;
  s.after(Math.max(0, due - s.now()));
  const next = nextDeadlineAt(s.state());
  expect(next === null || next > s.now()).toBe(true);
};

/** The switch is silent: everything runs into its time limit. */
const fallSilent = (s: SessionScenario): void => {
  for (let turn = 0; nextDeadlineAt(s.state()) !== null; turn += 1) {
    if (turn > PATIENCE) throw new Error('a deadline follows on every deadline');
    wake(s);
  }
};

/** The switch answers whatever it is asked, yes or no as drawn. */
const answerAll = (s: SessionScenario, answers: readonly Draw[]): void => {
  const waits = ({ requests, commands }: SessionState): number =>
    requests.length + commands.length + holdBacksUntil(s.state()).length;
  for (let turn = 0; waits(s.state()) > 0; turn += 1) {
    const [pending] = s.state().requests;
    const how = answers[turn % answers.length];
    if (how === undefined || turn > PATIENCE) throw new Error('asked for ever');
    // A command on several channels gives the last one time to follow, and so does one on both legs of a call.
    if (pending === undefined) s.after(FOLLOW_MS);
    else s.must({ kind: 'answer', requestId: pending.requestId, answer: walkAnswer(pending.request, how) });
  }
};

/** An adapter takes the session again, on a switch on which much has moved on. */
const restore = (s: SessionScenario): void => {
  if (s.state().link !== 'down') return;
  s.back('adapter-moved', { ...ADAPTER, instance: 'sim-9' });
  s.reply('CreateSession');
  const world = walkWorld(7);
  const findings = surveyWith(s.state(), EMPTY_HOUSE, ({ nativeId, read }) => world(read, nativeId));
  s.must({ kind: 'surveyed', cause: 'adapter-moved', findings });
};

const comeBack = (s: SessionScenario): void => {
  restore(s);
  if (s.state().phase !== 'CLOSED') s.bind('binding-last', 'tab-last', true);
};

const namesIn = (history: readonly SessionEvent[], type: EventType): readonly string[] =>
  history
    .filter((event) => event.type === type)
    .map(({ data }) => ('commandId' in data ? String(data.commandId) : ''))
    .sort();

/** Accepted and completed commands are the same, each once. */
const checkCommands = (s: SessionScenario): void => {
  const accepted = namesIn(s.history(), 'CommandAccepted');
  expect(new Set(accepted).size).toBe(accepted.length);
  expect(namesIn(s.history(), 'CommandCompleted')).toEqual(accepted);
};

const createdPath = ({ target, data }: SessionEvent): string => {
  const [inner] = Object.values(data) as { id: string }[];
  return `${formatTarget(target)}.${inner?.id ?? ''}`;
};

/** Objects that were announced; those of them that went; each goes once. */
const checkDisposed = (s: SessionScenario): void => {
  const created = s
    .history()
    .filter(({ type }) => type.endsWith('Created'))
    .map(createdPath);
  const disposed = s
    .history()
    .filter(({ type }) => type.endsWith('Disposed'))
    .map(({ target }) => formatTarget(target));
  const left = allObjects(s.state()).map(({ path }) => path);
  expect([...disposed, ...left].sort()).toEqual([...created].sort());
};

const waitsForNothing = (state: SessionState): readonly string[] => [
  ...state.requests.map(({ request }) => `asked: ${request.type}`),
  ...state.commands.map(({ command }) => `under way: ${command.type}`),
  ...state.deferred.map(({ type }) => `held back: ${type}`),
  ...[...state.plannedGroups, ...state.plannedChannels].map(({ nativeId }) => `planned: ${nativeId}`),
  ...allObjects(state).flatMap((node) => [
    ...(node.stage === 'LIVE' ? [] : [`${node.stage}: ${node.path}`]),
    ...('planned' in node && Array.isArray(node.planned) ? node.planned.map(() => `plan: ${node.path}`) : []),
  ]),
];

/** All calls, chats and mails come to their end: the switch ends them and the agent completes them. */
const finishAll = (s: SessionScenario): void => {
  // A command on several channels gives each of them its time.
  for (let turn = 0; turn < 40 && (turn === 0 || s.state().commands.length > 0); turn += 1) {
    s.after(FOLLOW_MS);
    s.answerAll();
  }
  s.state().conversations.forEach(({ target }) => s.fact({ type: 'ConversationEnded', target }));
  s.answerAll();
  s.state().interactions.forEach(({ target }) => s.fact({ type: 'InteractionEnded', target }));
  s.answerAll();
  for (const type of ['SetDisposition', 'CompleteInteraction'] as const) {
    s.state().interactions.forEach(({ target }) => s.send(plausible(type, target)));
    s.answerAll();
  }
};

const telling = (check: (s: SessionScenario, walk: readonly Draw[]) => void) => (walk: readonly Draw[]) => {
  const s = sessionScenario();
  try {
    beginWalk(s, walk[0]?.how ?? 0);
    walk.forEach((one) => walkStep(s, one));
    check(s, walk);
  } catch (error) {
    throw new Error(`${s.history().slice(-60).map(inWords).join(' | ')}\n${String(error)}`);
  }
};

const holds = (check: (s: SessionScenario, walk: readonly Draw[]) => void, runs: number): void =>
  fc.assert(fc.property(draws, telling(check)), walkRuns(runs));

const SETTLED = ['PREPARED', 'STARTED', 'CLOSED'];

describe('nothing in a session waits for ever', () => {
  it('when the switch falls silent: time alone ends every wait and every command, once', () => {
    holds((s) => {
      comeBack(s);
      fallSilent(s);
      expect(waitsForNothing(s.state())).toEqual([]);
      expect(SETTLED).toContain(s.state().phase);
      checkCommands(s);
      checkDisposed(s);
    }, 35);
  });

  it('when the switch answers, yes or no: every command is answered, once', () => {
    holds((s, walk) => {
      comeBack(s);
      answerAll(s, walk);
      expect(waitsForNothing(s.state())).toEqual([]);
      expect(SETTLED).toContain(s.state().phase);
      checkCommands(s);
      checkDisposed(s);
    }, 35);
  });

  it('while nobody is bound: a silent switch leaves at most the next attempt to log out', () => {
    holds((s) => {
      restore(s);
      const { client } = s.state();
      if (client !== null) s.must({ kind: 'unbind', binding: client.binding, reason: 'lapsed' });
      for (let turn = 0; turn < 40; turn += 1) wake(s);
      const { phase, policy } = s.state();
      if (policy.whenLapsed === 'keep') expect(s.history().map(inWords)).not.toContain('SessionLapsed');
      if (phase !== 'CLOSED' && policy.whenLapsed === 'log-out' && nextDeadlineAt(s.state()) !== null) {
        const rest = s.state().requests.map(({ request }) => request.type);
        expect(rest.length).toBeLessThan(2);
        expect(s.state().commands).toEqual([]);
      } else {
        expect(waitsForNothing(s.state())).toEqual([]);
        expect(nextDeadlineAt(s.state())).toBeNull();
      }
      checkCommands(s);
    }, 25);
  });
});

describe('while the adapter is away', () => {
  it('nothing is under way but the next attempt to log in, and a logout that goes on afterwards', () => {
    holds((s) => {
      const { phase } = s.state();
      if (phase !== 'INITIALIZING' && phase !== 'STARTED' && phase !== 'LOGGING_OUT') return;
      s.lose('silent');
      for (let turn = 0; turn < 40; turn += 1) wake(s);
      expect(nextDeadlineAt(s.state())).toBeNull();
      expect(s.state().requests).toEqual([]);
      s.back();
      for (let turn = 0; turn < 40; turn += 1) wake(s);
      const { commands, requests, deferred, reconcile } = s.state();
      expect(commands.filter(({ command }) => command.type !== 'LogOut')).toEqual([]);
      expect(requests.filter(({ request }) => request.type !== 'CreateSession')).toEqual([]);
      expect(deferred).toEqual([]);
      expect(reconcile?.stage).not.toBe('surveying');
      restore(s);
      s.answerAll();
      s.after(FOLLOW_MS);
      s.answerAll();
      expect(waitsForNothing(s.state())).toEqual([]);
      checkDisposed(s);
    }, 35);
  });
});

describe('a way out is always open', () => {
  it('calls end and are completed, and after that the agent can log out', () => {
    holds((s) => {
      comeBack(s);
      s.answerAll();
      if (s.state().phase === 'PREPARED') s.send(plausible('StartSession', s.target));
      s.answerAll();
      if (s.state().phase !== 'CLOSED') {
        finishAll(s);
        expect(s.state().interactions).toEqual([]);
        const left = s.send(plausible('LogOut', s.target));
        expect(left).toMatchObject({ ok: true });
        s.answerAll();
      }
      expect(s.state().phase).toBe('CLOSED');
      checkCommands(s);
      checkDisposed(s);
    }, 35);
  });

  it('a silent switch refuses a logout only while a call is up, and can never keep a session open', () => {
    holds((s) => {
      comeBack(s);
      fallSilent(s);
      if (s.state().phase === 'STARTED') {
        const ongoing = s
          .state()
          .interactions.some((one) => 'state' in one && one.state !== 'ENDED' && one.state !== 'COMPLETED');
        const asked = s.send(plausible('LogOut', s.target));
        expect(asked.ok).toBe(!ongoing && s.state().conversations.length === 0);
        fallSilent(s);
        expect(SETTLED).toContain(s.state().phase);
      }
      s.must({ kind: 'close', reason: 'overridden' });
      expect(s.state().phase).toBe('CLOSED');
      expect(nextDeadlineAt(s.state())).toBeNull();
      checkCommands(s);
      checkDisposed(s);
    }, 25);
  });
});
