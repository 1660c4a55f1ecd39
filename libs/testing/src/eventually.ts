import { setTimeout as delay } from 'node:timers/promises';

/**
 * Waits until `check` gives a value without throwing; false, null and undefined mean "not yet". The last
 * reason is in the error when the time is up.
 */
export const eventually = async <T>(
  check: () => T | Promise<T>,
  { timeoutMs = 5000, everyMs = 20 }: { readonly timeoutMs?: number; readonly everyMs?: number } = {},
): Promise<NonNullable<T>> => {
  const until = Date.now() + timeoutMs;
  for (;;) {
    const outcome = await Promise.resolve()
      .then(check)
      .then(
        (value) => ({ value }),
        (reason: unknown) => ({ reason }),
      );
    if (
      'value' in outcome &&
      outcome.value !== false &&
      outcome.value !== null &&
      outcome.value !== undefined
    ) {
      return outcome.value;
    }
    if (Date.now() > until) {
      const why = 'reason' in outcome ? outcome.reason : `the last value was ${String(outcome.value)}`;
      throw new Error(`not within ${timeoutMs} ms: ${why instanceof Error ? why.message : String(why)}`);
    }
    await delay(everyMs);
  }
};
