import { type Channel } from '../model.ts';

/** A channel that nobody has activated. */
export const newChannel = (endPoint: string, type: string): Channel => ({
  endPoint,
  type,
  active: false,
  ready: false,
  taken: false,
  reasonCode: '',
  reasonName: '',
  idleSince: 0,
});
