import { type Row } from '../play/row.ts';

/** One course of events, as the bridge's chapter on life cycles describes it. */
export interface Sequence {
  readonly title: string;
  readonly rows: readonly Row[];
}
