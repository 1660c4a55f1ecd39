import { ok } from '@cordboard/kernel';
import { MAX_TEXT_LENGTH } from '../limits.ts';
import { type Decision, reject, workRef } from '../lookup.ts';
import { type Work } from '../model.ts';

/** Keeps how an interaction came out, in whatever words the house uses. */
export const setDisposition = (work: Work, disposition: string): Decision => {
  if (work.state === 'COMPLETED') return reject('wrong-state', 'the interaction is completed');
  if (disposition === '' || disposition.length > MAX_TEXT_LENGTH)
    return reject('invalid', `disposition must have 1 to ${String(MAX_TEXT_LENGTH)} characters`);
  if (work.disposition === disposition) return ok([]);
  return ok([{ type: 'DispositionSet', ...workRef(work), disposition }]);
};
