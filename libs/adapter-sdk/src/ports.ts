/** Where an adapter writes what an operator should read. `fields` never hold a password or personal data. */
export interface AdapterLogger {
  readonly info: (message: string, fields?: Readonly<Record<string, unknown>>) => void;
  readonly warn: (message: string, fields?: Readonly<Record<string, unknown>>) => void;
  readonly error: (message: string, fields?: Readonly<Record<string, unknown>>) => void;
}

/** What an adapter counts. */
export const ADAPTER_COUNTERS = [
  'malformed',
  'requests',
  'requests_failed',
  'requests_repeated',
  'requests_stale',
  'events_sent',
  'events_refused',
  'events_dropped',
  'event_queues_dropped',
] as const;
export type AdapterCounter = (typeof ADAPTER_COUNTERS)[number];

export interface AdapterMetrics {
  readonly count: (counter: AdapterCounter, by?: number) => void;
}
