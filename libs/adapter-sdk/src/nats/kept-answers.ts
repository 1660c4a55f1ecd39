import { type Clock } from '@cordboard/kernel';
import { ANSWERS_KEPT_MS, MAX_ANSWER_CHARS, MAX_ANSWERS } from './limits.ts';

/** What was said of a request; null: that it was never seen, so that it is not carried out when it comes after all. */
type Said = string | null;

/** The answers to the requests of one session, so that none is carried out twice (design K11). */
export interface KeptAnswers {
  readonly find: (requestId: string) => Said | undefined;
  readonly keep: (requestId: string, answer: Said) => void;
}

export const createKeptAnswers = (clock: Clock): KeptAnswers => {
  const kept = new Map<string, { readonly answer: Said; readonly until: number }>();
  let chars = 0;

  const forget = (requestId: string): void => {
    chars -= kept.get(requestId)?.answer?.length ?? 0;
    kept.delete(requestId);
  };

  const forgetOld = (): void => {
    const now = clock.now();
    for (const [id, { until }] of kept) {
      const tooMany = kept.size > MAX_ANSWERS || (chars > MAX_ANSWER_CHARS && kept.size > 1);
      if (until > now && !tooMany) return;
      forget(id);
    }
  };

  return {
    find: (requestId) => {
      forgetOld();
      return kept.get(requestId)?.answer;
    },
    keep: (requestId, answer) => {
      forget(requestId);
      kept.set(requestId, { answer, until: clock.now() + ANSWERS_KEPT_MS });
      chars += answer?.length ?? 0;
      forgetOld();
    },
  };
};
