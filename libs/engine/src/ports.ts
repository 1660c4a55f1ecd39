import { type Bus, type Feed } from '@cordboard/bus';
import { type House, type SessionPolicy } from '@cordboard/domain';
import { type EventStore, type Vault } from '@cordboard/event-store';
import { type Clock, type IdSource } from '@cordboard/kernel';

/** What the engine tells whoever runs it; never with personal data. */
export interface EngineLog {
  /** What happens to one session of many, which in a bad hour is ten thousand lines. */
  readonly debug: (message: string, context?: Readonly<Record<string, unknown>>) => void;
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
  /** Refused before they were decided, because too much waits for the log already. */
  | 'commands_shed'
  /** New sessions refused because too many wait for a first adapter. */
  | 'prepares_refused'
  | 'switch_requests'
  /** An adapter was asked what became of a request, by its owner that hears nothing or by a new one. */
  | 'switch_probes'
  | 'switch_answers_malformed'
  | 'switch_events'
  | 'switch_events_repeated'
  | 'switch_events_malformed'
  | 'switch_events_unknown'
  | 'switch_events_late'
  | 'switch_events_lost'
  | 'switch_events_refused'
  | 'switch_events_shed'
  /** Labels `reason`: `silent`, `stopped`, `restarted`, `events-lost`. */
  | 'links_lost'
  /** Labels `cause` and `outcome` (`done`, `failed`). */
  | 'reconciliations'
  /** Labels `outcome`: `same`, `different`, `unread`, `voided`. */
  | 'surveys'
  | 'claims'
  | 'claims_lost'
  /** Claims not taken up because this worker cannot use its log. */
  | 'claims_refused'
  | 'sessions_dropped'
  | 'sessions_passivated'
  | 'snapshots_taken'
  | 'snapshots_used'
  /** Another release's, broken, or of a log that is not this one: everything was folded instead. */
  | 'snapshots_dropped'
  /** The log could not be used for half a second: every session was given up. */
  | 'log_outages'
  | 'messages_dropped'
  | 'events_published'
  | 'events_unpublished'
  | 'events_republished'
  | 'lanes_closed'
  | 'feed_published';

export type EngineLevel =
  /** Of the queue of appends, from 0 (empty) to 1 (full). */
  | 'append_pressure'
  | 'claims_under_way'
  | 'claims_waiting'
  | 'reconciliations_under_way'
  | 'reconciliations_waiting'
  | 'feed_lag'
  /** Label `status`: `STARTING`, `STARTED`, `STOPPING`, `STOPPED`, `SILENT`. */
  | 'adapters';

/** Everything the engine touches outside itself. */
export interface EnginePorts {
  readonly store: EventStore;
  readonly vault: Vault;
  readonly bus: Bus;
  /** The durable feed for integrators, when there is one. */
  readonly feed?: Feed | undefined;
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
  /** A session in which nobody is, works or waits is put away after so long, in ms; 0 or absent for never (design K8). */
  readonly passivateMs?: number | undefined;
  /** The highest row version that this worker reads (design K22); what this release reads when absent. */
  readonly reads?: number | undefined;
  /** What a tenant has configured beside its switch; nothing when absent. */
  readonly house?: ((tenant: string) => House | undefined) | undefined;
  /** Events and failures say where they come from (agent protocol A4, A6); for developers only. */
  readonly debugContext?: boolean | undefined;
}
