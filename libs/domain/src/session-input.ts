import { type Json } from '@cordboard/kernel';
import { type Command } from './command.ts';
import { type House } from './house.ts';
import { type SessionPolicy } from './session-event.ts';
import { type SwitchFact } from './switch-fact.ts';
import { type SwitchAnswer } from './switch-request.ts';

/** An adapter instance that takes sessions, chosen by the engine before the input enters. */
export interface Adapter {
  readonly instance: string;
  readonly capabilities: Readonly<Record<string, Json>>;
}

/** Time and ids come in with every input: `at` in ms since the epoch, `seed` a UUIDv7 opening a family of ids. */
interface Arrival {
  readonly at: number;
  readonly seed: string;
  /** What the tenant has configured; nothing when absent. */
  readonly house?: House | undefined;
}

/** Everything that can happen to a session; the one door of the aggregate. */
export type SessionInput = Arrival &
  (
    | {
        readonly kind: 'prepare';
        readonly session: string;
        readonly tenant: string;
        readonly processor: string;
        readonly agent: { readonly id: string };
        readonly model: string;
        readonly policy: SessionPolicy;
      }
    /** `adapter` is null when no instance takes sessions; it matters to StartSession alone. */
    | {
        readonly kind: 'command';
        readonly commandId: string;
        readonly digest: string;
        readonly binding: string;
        readonly command: Command;
        readonly adapter: Adapter | null;
      }
    | {
        readonly kind: 'bind';
        readonly client: string;
        readonly binding: string;
        readonly takeover: boolean;
      }
    /** The socket closed, or its binding was not renewed in time. Another binding than the present one changes nothing. */
    | { readonly kind: 'unbind'; readonly binding: string; readonly reason: 'closed' | 'lapsed' }
    | { readonly kind: 'answer'; readonly requestId: string; readonly answer: SwitchAnswer }
    | { readonly kind: 'fact'; readonly fact: SwitchFact }
    /** The time that `nextDeadlineAt` named has come. */
    | { readonly kind: 'elapsed' }
    | { readonly kind: 'claim'; readonly epoch: number; readonly worker: string }
    /** A forced end: another desktop prepares a session of this agent with `override`. */
    | { readonly kind: 'close'; readonly reason: 'overridden' }
  );
