import { type Clock } from '@cordboard/kernel';
import { LOG_WINDOW_LINES, LOG_WINDOW_MS } from './limits.ts';

type Write = (message: string, context?: Readonly<Record<string, unknown>>) => void;

/** Writes so many lines in a while; the first line after says how many were left out. */
export const createQuietLog = (clock: Pick<Clock, 'now'>, write: Write): Write => {
  let since = -Infinity;
  let lines = 0;
  return (message, context) => {
    const now = clock.now();
    const over = Math.max(0, lines - LOG_WINDOW_LINES);
    const fresh = now - since >= LOG_WINDOW_MS;
    if (fresh) {
      since = now;
      lines = 0;
    }
    lines += 1;
    if (lines > LOG_WINDOW_LINES) return;
    write(message, fresh && over > 0 ? { ...context, leftOut: over } : context);
  };
};
