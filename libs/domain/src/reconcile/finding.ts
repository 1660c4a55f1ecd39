import { type Target } from '@cordboard/kernel';
import { type SwitchReading } from '../switch-request.ts';

/**
 * What the switch said about one object. `gone`: it refused, or did not list it in its parent. `unread`: it did
 * not answer, or not in a way that can be understood, so that nothing is known.
 */
export type Finding = { readonly target: Target } & (
  | { readonly found: 'reading'; readonly reading: SwitchReading }
  | { readonly found: 'gone' }
  | { readonly found: 'unread' }
);
