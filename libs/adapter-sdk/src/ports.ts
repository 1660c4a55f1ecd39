/** Where an adapter writes what an operator should read. `fields` never hold a password or personal data. */
export interface AdapterLogger {
  readonly info: (message: string, fields?: Readonly<Record<string, unknown>>) => void;
  readonly warn: (message: string, fields?: Readonly<Record<string, unknown>>) => void;
  readonly error: (message: string, fields?: Readonly<Record<string, unknown>>) => void;
}

/** What an adapter counts, by kind. */
export const ADAPTER_COUNTERS = [
  /** Questions that could not be read, or whose body does not fit: dropped, or refused. */
  'malformed',
  /** Questions taken, repeats and probes included. */
  'requests',
  /** Questions answered FAILURE, by the switch or for it. */
  'requests_failed',
  /** Repeats that were given the one answer. */
  'requests_repeated',
  /** Refused, as another owner has taken the session over. */
  'requests_stale',
  /** Answered FAILURE, as the peer was silent for 120 s. */
  'requests_timed_out',
  /** Answers to nothing: unknown, late or double. */
  'answers_dropped',
  /** Answers replaced by a FAILURE, as the bus does not take so much. */
  'answers_too_large',
  /** Items and texts of answers and events that were left out, as the bridge does not take so much. */
  'items_cut',
  /** Events that the owner of their session took. */
  'events_sent',
  /** Events that it refused: the session is closed or never was. */
  'events_refused',
  /** Reports and events that went nowhere: no session, disposed object, full queue, no connection. */
  'events_dropped',
  /** Events of a peer that no bridge takes. */
  'events_malformed',
  /** Events of a peer for sessions that are not open. */
  'events_unknown',
  /** Queues of a session's events that were given up, so that the session is read again. */
  'event_queues_dropped',
  /** Connections to Cordboard that were lost, or could not be made. */
  'connections_lost',
] as const;
/** One of them. */
export type AdapterCounter = (typeof ADAPTER_COUNTERS)[number];

/** Where an adapter counts. */
export interface AdapterMetrics {
  readonly count: (counter: AdapterCounter, by?: number) => void;
}
