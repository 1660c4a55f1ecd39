import { answerSuccess, type CtiMessage, trimBody } from '@cordboard/cti-protocol';
import { err, ok } from '@cordboard/kernel';
import { type Outcome } from './carry-out.ts';
import { type CoreContext } from './core-context.ts';
import { TOO_MUCH } from './limits.ts';

/**
 * What a handler answered, as the bridge takes it: lists that are too long are cut, and a body that does not fit
 * makes the answer a refusal. Both are logged, as the adapter's author has to know.
 */
export const fitAnswer = (
  { logger, metrics }: Pick<CoreContext, 'logger' | 'metrics'>,
  question: CtiMessage,
  outcome: Outcome,
): Outcome => {
  if (!outcome.ok) return outcome;
  const { name } = question.header;
  const fit = trimBody(answerSuccess(question, outcome.value));
  if (!fit.ok) {
    logger.error('an answer of the switch does not fit the bridge', { name, why: fit.error });
    return err(`the adapter gave an answer to ${name} that cannot be used; see its log`);
  }
  if (fit.value.cut > 0) {
    metrics.count('items_cut', fit.value.cut);
    logger.warn(TOO_MUCH, { name, cut: fit.value.cut });
  }
  return ok(fit.value.body);
};
