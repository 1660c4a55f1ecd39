import { type CallData } from './model.ts';

/** Time and ids come in with every input: `at` in ms since the epoch, `seed` a UUIDv7 that opens a family of ids. */
export interface Arrival {
  readonly at: number;
  readonly seed: string;
}

/** What an agent does at the phone; `agent` is the id, which is the extension. */
export type AgentOperation = { readonly agent: string } & (
  | { readonly kind: 'log-in'; readonly extension?: string | undefined }
  | { readonly kind: 'log-out' }
  | { readonly kind: 'activate' }
  | { readonly kind: 'deactivate' }
  | { readonly kind: 'ready' }
  | { readonly kind: 'not-ready'; readonly reasonCode: string; readonly reasonName?: string | undefined }
  | { readonly kind: 'dial'; readonly destination: string }
);

/** What an agent does with one leg. */
export type LegOperation = { readonly agent: string; readonly leg: string } & (
  | { readonly kind: 'accept' }
  | { readonly kind: 'reject' }
  | { readonly kind: 'hold' }
  | { readonly kind: 'retrieve' }
  | { readonly kind: 'mute' }
  | { readonly kind: 'unmute' }
  | { readonly kind: 'release' }
  | { readonly kind: 'complete' }
  | { readonly kind: 'send-tones'; readonly digits: string }
);

/** What the world outside does. `to` is an extension or the queue. */
export type OutsideOperation =
  | {
      readonly kind: 'place-call';
      readonly to: string;
      readonly from: string;
      readonly name?: string | undefined;
      readonly data?: CallData | undefined;
    }
  | { readonly kind: 'outside-answers'; readonly call: string }
  | { readonly kind: 'outside-hangs-up'; readonly call: string }
  | { readonly kind: 'outside-sends-tones'; readonly call: string; readonly digits: string }
  | { readonly kind: 'clear-calls' };

/** Everything that can happen to the switch. `tick` fires what is due at `at`. */
export type SwitchInput = Arrival &
  (AgentOperation | LegOperation | OutsideOperation | { readonly kind: 'tick' });

/**
 * Why the switch refuses. `unknown`: no such agent, leg or call; `wrong-state`: not now; `invalid`: never;
 * `limit`: too many calls. `message` says what to do.
 */
export interface SwitchRejection {
  readonly code: 'unknown' | 'wrong-state' | 'invalid' | 'limit';
  readonly message: string;
}
