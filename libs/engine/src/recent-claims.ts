import { type Clock } from '@cordboard/kernel';

/** Who was taken over by another worker a moment ago, as far as this one has heard. */
export interface RecentClaims {
  readonly heard: (sessionId: string) => void;
  readonly has: (sessionId: string) => boolean;
}

/** Messages that missed the former owner may still be on their way so long. */
const RECENT_MS = 2_000;
const MAX_KEPT = 20_000;

export const createRecentClaims = ({ now }: Pick<Clock, 'now'>): RecentClaims => {
  /** When each was heard, oldest first. */
  const times = new Map<string, number>();

  const forgetOld = (): void => {
    const since = now() - RECENT_MS;
    for (const [session, at] of times) {
      if (at >= since && times.size <= MAX_KEPT) return;
      times.delete(session);
    }
  };

  return {
    heard: (sessionId) => {
      times.delete(sessionId);
      times.set(sessionId, now());
      forgetOld();
    },
    has: (sessionId) => (times.get(sessionId) ?? -Infinity) >= now() - RECENT_MS,
  };
};
