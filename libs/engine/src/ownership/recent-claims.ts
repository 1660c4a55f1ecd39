import { type Clock } from '@cordboard/kernel';

/** What other workers claimed, as far as this one has heard. */
export interface RecentClaims {
  readonly heard: (sessionId: string, epoch: number) => void;
  /** It was claimed a moment ago. */
  readonly has: (sessionId: string) => boolean;
  /** The last epoch heard of, for longer than the log may take to answer a claim; 0 when there was none. */
  readonly epochOf: (sessionId: string) => number;
}

/** Messages that missed the former owner may still be on their way so long. */
const RECENT_MS = 2_000;
const KEPT_MS = 60_000;
const MAX_KEPT = 20_000;

export const createRecentClaims = ({ now }: Pick<Clock, 'now'>): RecentClaims => {
  /** When each was heard last, and its epoch; oldest first. */
  const claims = new Map<string, { readonly at: number; readonly epoch: number }>();

  const forgetOld = (): void => {
    const since = now() - KEPT_MS;
    for (const [session, { at }] of claims) {
      if (at >= since && claims.size <= MAX_KEPT) return;
      claims.delete(session);
    }
  };

  return {
    heard: (sessionId, epoch) => {
      const before = claims.get(sessionId)?.epoch ?? 0;
      claims.delete(sessionId);
      claims.set(sessionId, { at: now(), epoch: Math.max(before, epoch) });
      forgetOld();
    },
    has: (sessionId) => (claims.get(sessionId)?.at ?? -Infinity) >= now() - RECENT_MS,
    epochOf: (sessionId) => claims.get(sessionId)?.epoch ?? 0,
  };
};
