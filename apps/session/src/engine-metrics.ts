import { type EngineCounter, type EngineLevel, type EngineMetrics } from '@cordboard/engine';
import { type Metrics } from '@cordboard/runtime';

const HELP: Readonly<Record<EngineCounter, string>> = {
  commands: 'Agent commands received by their owner, repetitions included',
  commands_rejected: 'Agent commands refused before anything was recorded',
  commands_repeated: 'Agent commands that were known already',
  commands_shed: 'Agent commands refused at once because too much waits for the log',
  prepares_refused: 'New sessions refused because too many wait for a first adapter',
  switch_requests: 'Requests sent to adapters',
  switch_probes: 'Questions to adapters what became of a request that has no answer',
  switch_answers_malformed: 'Answers of adapters that could not be read',
  switch_events: 'Switch events received, repetitions included',
  switch_events_repeated: 'Switch events that were recorded before',
  switch_events_malformed: 'Switch events that could not be read and were dropped',
  switch_events_unknown: 'Switch events about an object that is not there, dropped',
  switch_events_late: 'Switch events numbered by a former login of the session, dropped',
  switch_events_lost: 'Switch events that never came: gaps in the numbers of a session',
  switch_events_refused: 'Switch events not taken because too many of their session were under way',
  switch_events_shed: 'Switch events left to be said again because too much waits for the log',
  links_lost: 'Sessions that lost their adapter, by reason',
  reconciliations: 'Sessions read again after a loss, by cause and outcome',
  surveys: 'Comparisons with the switch on a timer, by outcome',
  claims: 'Sessions taken over by this worker',
  claims_lost: 'Claims that another worker won',
  claims_refused: 'Claims not taken up because the log cannot be used by this worker',
  sessions_dropped: 'Sessions given up: a failed write, a log out of use, another owner',
  sessions_passivated: 'Sessions put away because nobody was in them',
  snapshots_taken: 'Cached states written',
  snapshots_used: 'Claims that began with a cached state',
  snapshots_dropped: 'Cached states that were of no use: another release, broken, or not of this log',
  log_outages: 'How often the log could not be used for half a second',
  messages_dropped: 'Messages of a session that were not taken: no known sender, or a mistake of ours',
  events_published: 'Events published after their commit',
  events_unpublished: 'Events that could not be published; followers repair from the log',
  events_republished: 'Events of a dead worker published once more, in case they were not',
  lanes_closed: 'Lanes of the log closed after their worker died or left them',
  feed_published: 'Events stored in the durable feed',
};

const LEVELS: Readonly<Record<EngineLevel, string>> = {
  reconciliations_under_way: 'Sessions that are being read again',
  reconciliations_waiting: 'Sessions that wait to be read again: only so many are at once',
  feed_lag: 'Events that stand in the log and not yet in the durable feed; 0 in workers that do not fill it',
  append_pressure: 'How full the queue of writes is, 0 to 1; from 0.5 on commands are refused',
  claims_under_way: 'Sessions that are being taken over',
  claims_waiting: 'Sessions that wait to be taken over: only so many are at once',
  adapters: 'Adapter instances heard of, by status',
};

/** All values that each label can take. */
const LABELS = {
  links_lost: { reason: ['silent', 'stopped', 'restarted', 'events-lost'] },
  reconciliations: {
    cause: [
      'adapter-restarted',
      'adapter-moved',
      'switch-link-restored',
      'connection-restored',
      'events-lost',
    ],
    outcome: ['done', 'failed'],
  },
  surveys: { outcome: ['same', 'different', 'unread', 'voided'] },
  adapters: { status: ['STARTING', 'STARTED', 'STOPPING', 'STOPPED', 'SILENT'] },
} as const;

const labelsOf = (name: string): Readonly<Record<string, readonly string[]>> =>
  (LABELS as Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>)[name] ?? {};

/** The engine's counters as metrics of the app. */
export const createEngineMetrics = (metrics: Metrics): EngineMetrics => {
  const names = Object.keys(HELP) as EngineCounter[];
  const counters = new Map(
    names.map((name) => {
      const shape = { name: `engine_${name}_total`, help: HELP[name], labels: labelsOf(name) };
      return [name, metrics.counter(shape)];
    }),
  );
  const levels = new Map(
    (Object.keys(LEVELS) as EngineLevel[]).map((name) => [
      name,
      metrics.gauge({ name: `engine_${name}`, help: LEVELS[name], labels: labelsOf(name) }),
    ]),
  );
  const owned = metrics.gauge({
    name: 'engine_sessions_owned',
    help: 'Sessions in the hands of this worker',
  });
  return {
    count: (name, by = 1, labels = {}) => counters.get(name)?.add(labels, by),
    owned: (sessions) => owned.set(sessions),
    level: (name, value, labels = {}) => levels.get(name)?.set(value, labels),
  };
};
