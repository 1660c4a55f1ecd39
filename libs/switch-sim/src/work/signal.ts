import { ok } from '@cordboard/kernel';
import { type Decision, reject, workRef } from '../lookup.ts';
import { type Work } from '../model.ts';

const ENDS = 'end';

/** Values for the script that runs beside an interaction; the first one `end` ends the script. */
export const signal = (work: Work, signals: readonly string[]): Decision =>
  work.script
    ? ok([{ type: 'ScriptSignalled', ...workRef(work), signals, ends: signals[0] === ENDS }])
    : reject('wrong-state', 'no script is active for this interaction');
