import {
  type Finding,
  type House,
  isListed,
  type SessionState,
  surveyPlan,
  type SurveyPlan,
  type SwitchReading,
} from '@cordboard/domain';

type Look = (plan: SurveyPlan) => SwitchReading | null | 'unread';

const found = (plan: SurveyPlan, reading: ReturnType<Look>): Finding => {
  const { target } = plan;
  if (reading === null) return { target, found: 'gone' };
  return reading === 'unread' ? { target, found: 'unread' } : { target, found: 'reading', reading };
};

const below = (plan: SurveyPlan, reading: SwitchReading, look: Look): readonly Finding[] =>
  plan.children.flatMap((child): readonly Finding[] =>
    isListed(reading, child) ? surveyed(child, look) : [{ target: child.target, found: 'gone' }],
  );

const surveyed = (plan: SurveyPlan, look: Look): readonly Finding[] => {
  const reading = look(plan);
  const finding = found(plan, reading);
  return finding.found === 'reading' ? [finding, ...below(plan, finding.reading, look)] : [finding];
};

/** What an engine finds that reads a session from top to bottom; null when there is nothing to be read. */
export const surveyWith = (state: SessionState, house: House, look: Look): readonly Finding[] | null => {
  const plan = surveyPlan(state, house);
  return plan === null ? null : surveyed(plan, look);
};
