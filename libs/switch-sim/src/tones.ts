import { ok, type Result } from '@cordboard/kernel';
import { MAX_TONES } from './limits.ts';
import { reject } from './lookup.ts';
import { type SwitchEvent } from './switch-event.ts';
import { type SwitchRejection } from './switch-input.ts';

const DIGITS = /^[0-9*#]+$/;

/** Key tones sent by one side of a call and heard by the other. */
export const tones = (
  call: string,
  by: 'byAgents' | 'byOutside',
  digits: string,
): Result<readonly SwitchEvent[], SwitchRejection> =>
  DIGITS.test(digits) && digits.length <= MAX_TONES
    ? ok([{ type: 'TonesSent', call, by, digits }])
    : reject('invalid', `digits are 1 to ${String(MAX_TONES)} of 0-9, * and #`);
