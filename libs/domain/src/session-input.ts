import { type Json } from '@cordboard/kernel';
import { type Command } from './command.ts';
import { type House } from './house.ts';
import { type Finding } from './reconcile/finding.ts';
import { type EventData, type ReconcileCause, type SessionPolicy } from './session-event.ts';
import { type SwitchFact } from './switch-fact.ts';
import { type SwitchAnswer } from './switch-request.ts';

/** An adapter instance that takes sessions, chosen by the engine before the input enters. */
export interface Adapter {
  readonly instance: string;
  readonly capabilities: Readonly<Record<string, Json>>;
  /** Another one means that the adapter has started anew and has forgotten everything (design K9). */
  readonly incarnation?: string | undefined;
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
        readonly agent: { readonly id: string; readonly extension?: string | undefined };
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
    /** Nothing is asked of the adapter from here on; it matters to the instance that the session is on alone. */
    | ({ readonly kind: 'adapter-lost' } & EventData['AdapterLost'])
    /** An adapter takes the session (again): it logs the agent in, and what it knows is read anew (bridge D.15). */
    | {
        readonly kind: 'reconcile';
        readonly cause: Exclude<ReconcileCause, 'timer'>;
        readonly adapter: Adapter;
      }
    /** What a survey by `surveyPlan` found; null when the switch could not be read, so that it is tried again. */
    | {
        readonly kind: 'surveyed';
        readonly cause: ReconcileCause;
        readonly findings: readonly Finding[] | null;
      }
    | { readonly kind: 'claim'; readonly epoch: number; readonly worker: string }
    /** A forced end: another desktop prepares a session of this agent with `override`. */
    | { readonly kind: 'close'; readonly reason: 'overridden' }
  );
