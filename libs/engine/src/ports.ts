import { type Bus } from '@cordboard/bus';
import { type House, type SessionPolicy } from '@cordboard/domain';
import { type EventStore, type Vault } from '@cordboard/event-store';
import { type Clock, type IdSource } from '@cordboard/kernel';

/** What the engine tells whoever runs it; never with personal data. */
export interface EngineLog {
  readonly info: (message: string, context?: Readonly<Record<string, unknown>>) => void;
  readonly warn: (message: string, context?: Readonly<Record<string, unknown>>) => void;
  readonly error: (message: string, context?: Readonly<Record<string, unknown>>) => void;
}

/** Counters by name; the names are listed in docs/operations.md. */
export interface EngineMetrics {
  readonly count: (name: EngineCounter, by?: number) => void;
  readonly owned: (sessions: number) => void;
}

export type EngineCounter =
  | 'commands'
  | 'commands_rejected'
  | 'commands_repeated'
  | 'switch_requests'
  | 'switch_answers_malformed'
  | 'switch_events'
  | 'switch_events_repeated'
  | 'switch_events_malformed'
  | 'claims'
  | 'claims_lost'
  | 'sessions_dropped'
  | 'messages_dropped'
  | 'events_published'
  | 'events_unpublished';

/** Everything the engine touches outside itself. */
export interface EnginePorts {
  readonly store: EventStore;
  readonly vault: Vault;
  readonly bus: Bus;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly log: EngineLog;
  readonly metrics: EngineMetrics;
}

export interface EngineSettings {
  /** This worker's id; unique in the fleet. */
  readonly workerId: string;
  /** Where a prepareSession without a processor goes. */
  readonly defaultProcessor: string;
  readonly policy: SessionPolicy;
  /** What a tenant has configured beside its switch; nothing when absent. */
  readonly house?: ((tenant: string) => House | undefined) | undefined;
  /** Events and failures say where they come from (agent protocol A4, A6); for developers only. */
  readonly debugContext?: boolean | undefined;
}
