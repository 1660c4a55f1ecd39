import { type Clock } from '@cordboard/kernel';
import { ANSWERS_KEPT_MS, MAX_ANSWERS, MAX_UNDER_WAY, MAX_WAITING_REPLIES } from './limits.ts';

export type Reply = (body: string, headers: Readonly<Record<string, string>>) => void;

/** What is known of a request id. */
type Known =
  { readonly is: 'new' } | { readonly is: 'pending' } | { readonly is: 'final'; readonly answer: string };

/** Remembers the requests of one session, so that none is carried out twice (design K11). */
export interface AnswerBook {
  readonly look: (requestId: string) => Known;
  /** False when too many are under way. */
  readonly begin: (requestId: string, reply: Reply) => boolean;
  /** A repeat of a pending request: it gets the answer too. */
  readonly join: (requestId: string, reply: Reply) => void;
  /** Keeps the answer and gives it to all who wait; false when it was settled before. */
  readonly settle: (requestId: string, answer: string) => boolean;
  readonly underWay: () => number;
}

export const createAnswerBook = (clock: Clock): AnswerBook => {
  const pending = new Map<string, Reply[]>();
  const kept = new Map<string, { readonly answer: string; readonly until: number }>();

  const forgetOld = (): void => {
    const now = clock.now();
    for (const [id, { until }] of kept) {
      if (until > now && kept.size <= MAX_ANSWERS) return;
      kept.delete(id);
    }
  };

  return {
    look: (requestId) => {
      forgetOld();
      const known = kept.get(requestId);
      if (known !== undefined) return { is: 'final', answer: known.answer };
      return { is: pending.has(requestId) ? 'pending' : 'new' };
    },
    begin: (requestId, reply) => {
      if (pending.size >= MAX_UNDER_WAY) return false;
      pending.set(requestId, [reply]);
      return true;
    },
    join: (requestId, reply) => {
      const waiting = pending.get(requestId);
      waiting?.push(reply);
      if (waiting !== undefined && waiting.length > MAX_WAITING_REPLIES) waiting.shift();
    },
    settle: (requestId, answer) => {
      const waiting = pending.get(requestId);
      if (waiting === undefined) return false;
      pending.delete(requestId);
      kept.set(requestId, { answer, until: clock.now() + ANSWERS_KEPT_MS });
      forgetOld();
      for (const reply of waiting) reply(answer, { answer: 'final' });
      return true;
    },
    underWay: () => pending.size,
  };
};
