import { type Call } from '../model.ts';

type Given = Pick<Call, 'id' | 'no' | 'from' | 'to' | 'members' | 'placedAt'> & Partial<Call>;

/** A call in its first moment; what is not given is empty. */
export const newCall = (given: Given): Call => ({
  data: {},
  aloneUntil: null,
  tones: { byAgents: '', byOutside: '' },
  endedAt: null,
  endReason: null,
  ...given,
});
