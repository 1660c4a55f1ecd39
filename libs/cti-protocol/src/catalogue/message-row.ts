import { type ObjectKind } from '@cordboard/kernel';

/** One message of the bridge that is not an answer. */
export interface MessageRow {
  readonly kind: 'query' | 'request' | 'event';
  /** What the target addresses: an object of the session, or the control destination. */
  readonly level: ObjectKind | 'control';
  readonly name: string;
  readonly does: string;
}
