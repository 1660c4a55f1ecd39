import { type Adapter, EMPTY_HOUSE, type ReconcileCause, type SessionEvent } from '@cordboard/domain';
import { type SessionScenario } from './session-scenario.ts';
import { surveyWith } from './survey-with.ts';
import { type Draw, pick } from './walk-answers.ts';
import { walkWorld } from './walk-world.ts';

const CAUSES = [
  'adapter-restarted',
  'adapter-moved',
  'switch-link-restored',
  'connection-restored',
  'events-lost',
] as const;

/** What a survey finds on a switch that has moved on; now and then something cannot be read, or nothing can. */
export const walkSurvey = (
  s: SessionScenario,
  cause: ReconcileCause,
  { what, where, how }: Draw,
): readonly SessionEvent[] => {
  const world = walkWorld(what);
  const findings =
    how % 11 === 0
      ? null
      : surveyWith(s.state(), EMPTY_HOUSE, ({ nativeId, read }) => {
          if (nativeId !== '' && (where + nativeId.length) % 13 === 0) return 'unread';
          return world(read, nativeId);
        });
  return s.must({ kind: 'surveyed', cause, findings });
};

const adapterOf = (s: SessionScenario, how: number): Adapter => {
  const { instance = 'sim-1', capabilities = {} } = s.state().adapter ?? {};
  const other = { ...capabilities, 'consult-supported': how % 8 === 0 };
  return how % 4 === 0
    ? { instance: 'sim-2', capabilities: other, incarnation: String(how % 3) }
    : { instance, capabilities, incarnation: String(how % 3) };
};

/** The adapter is lost, by whatever reason. */
export const loseStep = (s: SessionScenario, { how }: Draw): readonly SessionEvent[] =>
  s.lose(pick(['silent', 'stopped', 'restarted', 'events-lost'], how));

/** The next thing that an engine does about a session whose adapter is away. */
export const recoverStep = (s: SessionScenario, draw: Draw): readonly SessionEvent[] => {
  const { what, how } = draw;
  const { reconcile, requests } = s.state();
  switch (reconcile?.stage) {
    case undefined:
      return s.back(pick(CAUSES, what), adapterOf(s, how));
    case 'waiting':
      return how % 3 === 0 ? s.back(pick(CAUSES, what), adapterOf(s, how)) : s.after(30_000);
    case 'surveying':
      return walkSurvey(s, reconcile.cause, draw);
    case 'creating': {
      const login = requests.find(({ request }) => request.type === 'CreateSession');
      return login === undefined || how % 7 === 0
        ? s.must({ kind: 'answer', requestId: login?.requestId ?? '', answer: REFUSED })
        : s.must({
            kind: 'answer',
            requestId: login.requestId,
            answer: { ok: true, reading: { of: 'none' } },
          });
    }
  }
};

const REFUSED = { ok: false, cause: 'refused', message: 'no' } as const;
