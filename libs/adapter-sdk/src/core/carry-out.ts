import { err, type JsonObject, type Result } from '@cordboard/kernel';
import { type CoreContext } from './core-context.ts';
import { type Answer } from './handlers.ts';
import { HANDLER_LIMIT_MS } from './limits.ts';

/** What became of a question. */
export type Outcome = Result<JsonObject, string>;
/** Called once with it. */
export type Done = (outcome: Outcome) => void;

const FAILED = 'the adapter failed; see its log';

/**
 * Runs a handler to its end: what it throws and what takes too long become refusals. `done` is called once, at
 * once when the handler answers at once.
 */
export const carryOut = (
  { clock, logger }: Pick<CoreContext, 'clock' | 'logger'>,
  name: string,
  run: () => Answer<JsonObject> | undefined,
  done: Done,
): void => {
  let settled = false;
  let cancel = (): void => undefined;
  const settle = (outcome: Outcome): void => {
    if (settled) return;
    settled = true;
    cancel();
    done(outcome);
  };
  const broken = (error: unknown): void => {
    logger.error('a handler failed', { name, error: error instanceof Error ? error.stack : String(error) });
    settle(err(FAILED));
  };
  let answer: ReturnType<typeof run>;
  try {
    answer = run();
  } catch (error) {
    return broken(error);
  }
  if (answer === undefined) return settle(err(`${name} is not supported by this adapter`));
  if (!(answer instanceof Promise)) return settle(answer);
  cancel = clock.after(HANDLER_LIMIT_MS, () => settle(err(`${name} was not answered in time`)));
  answer.then(settle, broken);
};
