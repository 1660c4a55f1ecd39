import { ok } from '@cordboard/kernel';
import { MAX_TONES } from '../limits.ts';
import { type Decision, reject } from '../lookup.ts';

const DIGITS = /^[0-9*#]+$/;

/** Key tones sent by one side of a call and heard by the other. */
export const tones = (call: string, by: 'byAgents' | 'byOutside', digits: string): Decision =>
  DIGITS.test(digits) && digits.length <= MAX_TONES
    ? ok([{ type: 'TonesSent', call, by, digits }])
    : reject('invalid', `digits are 1 to ${String(MAX_TONES)} of 0-9, * and #`);
