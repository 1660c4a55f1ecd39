import { type Clock } from '@cordboard/kernel';
import { ANSWERS_KEPT_MS, MAX_ANSWERS } from './limits.ts';

/** The answers to the requests of one session, so that none is carried out twice (design K11). */
export interface KeptAnswers {
  readonly find: (requestId: string) => string | undefined;
  readonly keep: (requestId: string, answer: string) => void;
}

export const createKeptAnswers = (clock: Clock): KeptAnswers => {
  const kept = new Map<string, { readonly answer: string; readonly until: number }>();

  const forgetOld = (): void => {
    const now = clock.now();
    for (const [id, { until }] of kept) {
      if (until > now && kept.size <= MAX_ANSWERS) return;
      kept.delete(id);
    }
  };

  return {
    find: (requestId) => {
      forgetOld();
      return kept.get(requestId)?.answer;
    },
    keep: (requestId, answer) => {
      kept.set(requestId, { answer, until: clock.now() + ANSWERS_KEPT_MS });
      forgetOld();
    },
  };
};
