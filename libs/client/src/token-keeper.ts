import { type Response } from '@cordboard/agent-protocol';
import { type Clock } from '@cordboard/kernel';
import { tokenExpiry } from './token-expiry.ts';

/** How long before its end a token is renewed: a minute, or a fifth of a shorter life. */
const MARGIN_MS = 60_000;
const RETRY_MS = 5_000;
/** Timers hold 2^31 ms at most; a token that lives longer is looked at again then. */
const LONGEST_TIMER_MS = 2_000_000_000;

interface Given {
  readonly clock: Clock;
  readonly source: () => Promise<string>;
  /** Sends `renewToken` with a new token. */
  readonly renew: (token: string) => Promise<Response>;
}

/** Holds the token in use and renews it on the open connection before it ends. */
export interface TokenKeeper {
  /** A token for a new socket; after `refused` one other than the refused, or null when the source has none. */
  readonly fresh: (refused: boolean) => Promise<string | null>;
  readonly stop: () => void;
}

export const createTokenKeeper = ({ clock, source, renew }: Given): TokenKeeper => {
  let current: string | null = null;
  let stopped = false;
  let cancel = (): void => undefined;

  const plan = (): void => {
    cancel();
    const endsAt = current === null ? null : tokenExpiry(current);
    if (endsAt === null || stopped) return;
    const left = endsAt - clock.now();
    const inMs = Math.max(left - Math.min(MARGIN_MS, left / 5), 0);
    cancel =
      inMs > LONGEST_TIMER_MS
        ? clock.after(LONGEST_TIMER_MS, plan)
        : clock.after(inMs, () => void renewNow());
  };

  const renewNow = async (): Promise<void> => {
    const token = await source().catch(() => null);
    if (stopped) return;
    const response = token === null || token === current ? null : await renew(token);
    if (response?.result === 'success') {
      current = token;
      plan();
    } else if (!stopped) {
      cancel = clock.after(RETRY_MS, () => void renewNow());
    }
  };

  return {
    fresh: async (refused) => {
      const token = await source();
      if (refused && token === current) return null;
      current = token;
      plan();
      return token;
    },
    stop: () => {
      stopped = true;
      cancel();
    },
  };
};
