import { type CallData, type Patience } from './model.ts';

/** Time and ids come in with every input: `at` in ms since the epoch, `seed` a UUIDv7 that opens a family of ids. */
export interface Arrival {
  readonly at: number;
  readonly seed: string;
}

/** Which media a group shall have beside the phone. */
export interface MediaWishes {
  readonly chat: boolean;
  readonly email: boolean;
  readonly callback: boolean;
}

/** What an agent does at the desk; `agent` is the id, which is the extension. */
export type AgentOperation = { readonly agent: string } & (
  | { readonly kind: 'log-in'; readonly extension?: string | undefined }
  | { readonly kind: 'log-out'; readonly byPhone?: boolean | undefined }
  | ({ readonly kind: 'open-group'; readonly group: string } & MediaWishes)
  | { readonly kind: 'close-group'; readonly group: string }
  | { readonly kind: 'add-channel'; readonly channel: string }
  | {
      readonly kind: 'join-channel';
      readonly channel: string;
      readonly type: string;
      readonly group?: string | undefined;
    }
  | { readonly kind: 'connect-leg' }
  | { readonly kind: 'disconnect-leg' }
);

/** What an agent does with one channel; without `channel` it is the phone, whose end-point is the agent's id. */
export type ChannelOperation = { readonly agent: string; readonly channel?: string | undefined } & (
  | { readonly kind: 'activate' }
  | { readonly kind: 'deactivate' }
  | { readonly kind: 'ready' }
  | { readonly kind: 'not-ready'; readonly reasonCode: string; readonly reasonName?: string | undefined }
  | { readonly kind: 'dial'; readonly destination: string; readonly skill?: string | undefined }
  | { readonly kind: 'take-over' }
  | { readonly kind: 'free' }
  | { readonly kind: 'remove-channel'; readonly byPhone?: boolean | undefined }
);

/** What an agent does with what is being handled. `consult` and those after it are for calls. */
export type WorkOperation = { readonly agent: string; readonly work: string } & (
  | { readonly kind: 'accept' }
  | { readonly kind: 'reject' }
  | { readonly kind: 'complete' }
  | {
      readonly kind: 'set-data';
      readonly key: string;
      readonly value: string | Readonly<Record<string, string>>;
    }
  | { readonly kind: 'set-disposition'; readonly disposition: string }
  | { readonly kind: 'signal'; readonly signals: readonly string[] }
  | { readonly kind: 'consult'; readonly destination: string; readonly byPhone?: boolean | undefined }
  | { readonly kind: 'alternate' }
  | { readonly kind: 'consult-transfer' }
  | { readonly kind: 'consult-conference' }
);

/** What an agent does with one leg. */
export type LegOperation = { readonly agent: string; readonly leg: string } & (
  | { readonly kind: 'hold' }
  | { readonly kind: 'retrieve' }
  | { readonly kind: 'mute' }
  | { readonly kind: 'unmute' }
  | { readonly kind: 'release' }
  | { readonly kind: 'transfer'; readonly destination: string }
  | { readonly kind: 'conference'; readonly destination: string }
  | { readonly kind: 'remove-party'; readonly number: string }
  | { readonly kind: 'send-tones'; readonly digits: string }
);

/** What the world outside does. `to` is an extension or a queue; `number` picks one of several outside parties. */
export type OutsideOperation =
  | {
      readonly kind: 'place-call';
      readonly to: string;
      readonly from: string;
      readonly name?: string | undefined;
      readonly data?: CallData | undefined;
    }
  | { readonly kind: 'outside-answers'; readonly call: string; readonly number?: string | undefined }
  | { readonly kind: 'outside-hangs-up'; readonly call: string; readonly number?: string | undefined }
  | { readonly kind: 'outside-sends-tones'; readonly call: string; readonly digits: string }
  | { readonly kind: 'clear-calls' }
  | {
      readonly kind: 'place-contact';
      readonly type: string;
      readonly to: string;
      readonly from: string;
      readonly name?: string | undefined;
      readonly data?: CallData | undefined;
    }
  | { readonly kind: 'customer-leaves'; readonly contact: string };

/** What shall change; the rest stays. */
export type Wished<Whole> = { readonly [Key in keyof Whole]?: Whole[Key] | undefined };

/** What happens to the switch as a whole. `restart` loses all calls and contacts and logs everybody out. */
export type HouseOperation =
  { readonly kind: 'set-patience'; readonly patience: Wished<Patience> } | { readonly kind: 'restart' };

/** Everything that can happen to the switch. `tick` fires what is due at `at`. */
export type SwitchInput = Arrival &
  (
    | AgentOperation
    | ChannelOperation
    | WorkOperation
    | LegOperation
    | OutsideOperation
    | HouseOperation
    | { readonly kind: 'tick' }
  );

/**
 * Why the switch refuses. `unknown`: no such agent, leg or call; `wrong-state`: not now; `invalid`: never;
 * `limit`: too many calls. `message` says what to do.
 */
export interface SwitchRejection {
  readonly code: 'unknown' | 'wrong-state' | 'invalid' | 'limit';
  readonly message: string;
}
