import { readBookAgain } from '../session/address-book.ts';
import { type Draft, sessionTarget } from '../session/draft.ts';
import { type SessionInput } from '../session-input.ts';
import { compareSession } from './compare-session.ts';
import { failReconcile } from './log-in-again.ts';
import { readingAt, surveyOf } from './survey.ts';
import { mayBeSurveyed } from './survey-plan.ts';

type Surveyed = Pick<Extract<SessionInput, { kind: 'surveyed' }>, 'cause' | 'findings'>;

const byTimer = (draft: Draft, findings: NonNullable<Surveyed['findings']>): void => {
  if (mayBeSurveyed(draft.state())) compareSession(surveyOf(draft, 'timer', findings));
};

/** Compares the session with what the switch said; a survey that nobody waits for any more changes nothing. */
export const takeSurvey = (draft: Draft, { cause, findings }: Surveyed): void => {
  if (cause === 'timer') return findings === null ? undefined : byTimer(draft, findings);
  const { reconcile, session } = draft.state();
  if (reconcile?.stage !== 'surveying') return;
  const survey = surveyOf(draft, reconcile.cause, findings ?? []);
  if (readingAt(survey, session, 'session') === null) return failReconcile(draft);
  compareSession(survey);
  draft.emit('ReconcileEnded', sessionTarget(draft), { outcome: 'done', retryAt: null });
  readBookAgain(draft);
};
