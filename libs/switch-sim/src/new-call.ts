import { type Call } from './model.ts';

type Given = Pick<Call, 'id' | 'from' | 'to' | 'outside' | 'queue' | 'status' | 'placedAt'> & Partial<Call>;

/** A call in its first moment; what is not given is empty. */
export const newCall = (given: Given): Call => ({
  data: {},
  legs: [],
  timer: null,
  talkMs: null,
  avoid: [],
  tones: { byAgents: '', byOutside: '' },
  endedAt: null,
  endReason: null,
  ...given,
});
