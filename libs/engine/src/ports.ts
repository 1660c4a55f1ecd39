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

/** Counters and levels by name; the names are listed in docs/operations.md. */
export interface EngineMetrics {
  readonly count: (name: EngineCounter, by?: number, labels?: MetricLabels) => void;
  readonly owned: (sessions: number) => void;
  /** How many there are of something now. */
  readonly level: (name: EngineLevel, value: number, labels?: MetricLabels) => void;
}

type MetricLabels = Readonly<Record<string, string>>;

export type EngineCounter =
  | 'commands'
  | 'commands_rejected'
  | 'commands_repeated'
  | 'switch_requests'
  | 'switch_answers_malformed'
  | 'switch_events'
  | 'switch_events_repeated'
  | 'switch_events_malformed'
  | 'switch_events_unknown'
  | 'switch_events_late'
  | 'switch_events_lost'
  | 'switch_events_refused'
  /** Labels `reason`: `silent`, `stopped`, `restarted`, `events-lost`. */
  | 'links_lost'
  /** Labels `cause` and `outcome` (`done`, `failed`). */
  | 'reconciliations'
  /** Labels `outcome`: `same`, `different`, `unread`, `voided`. */
  | 'surveys'
  | 'claims'
  | 'claims_lost'
  | 'sessions_dropped'
  | 'messages_dropped'
  | 'events_published'
  | 'events_unpublished';

export type EngineLevel =
  | 'reconciliations_under_way'
  | 'reconciliations_waiting'
  /** Label `status`: `STARTING`, `STARTED`, `STOPPING`, `STOPPED`, `SILENT`. */
  | 'adapters';

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
  /** Each session is compared with its switch so often, in ms; 0 or absent for never (design K17). */
  readonly reconcileMs?: number | undefined;
  /** What a tenant has configured beside its switch; nothing when absent. */
  readonly house?: ((tenant: string) => House | undefined) | undefined;
  /** Events and failures say where they come from (agent protocol A4, A6); for developers only. */
  readonly debugContext?: boolean | undefined;
}
