import { type PostgresPlace } from './postgres.ts';
import { type Found } from './row.ts';
import { type Settings } from './settings.ts';

/** What the process of a group is told. */
export interface Order {
  readonly group: string;
  readonly settings: Settings;
  readonly place: PostgresPlace;
  /** Names the servers it starts, so that they are ended whatever becomes of it. */
  readonly runFolder: string;
}

/** What it tells. */
export type Report =
  | { readonly kind: 'progress'; readonly text: string }
  | { readonly kind: 'found'; readonly found: Found }
  | { readonly kind: 'failed'; readonly why: string };
