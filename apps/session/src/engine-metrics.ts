import { type EngineCounter, type EngineMetrics } from '@cordboard/engine';
import { type Metrics } from '@cordboard/runtime';

const HELP: Readonly<Record<EngineCounter, string>> = {
  commands: 'Agent commands received by their owner, repetitions included',
  commands_rejected: 'Agent commands refused before anything was recorded',
  commands_repeated: 'Agent commands that were known already',
  switch_requests: 'Requests sent to adapters',
  switch_answers_malformed: 'Answers of adapters that could not be read',
  switch_events: 'Switch events received, repetitions included',
  switch_events_repeated: 'Switch events that were recorded before',
  switch_events_malformed: 'Switch events that could not be read and were dropped',
  claims: 'Sessions taken over by this worker',
  claims_lost: 'Claims that another worker won',
  sessions_dropped: 'Sessions given up after a failed write',
  messages_dropped: 'Messages of a session that were not taken: no known sender, or a mistake of ours',
  events_published: 'Events published after their commit',
  events_unpublished: 'Events that could not be published; followers repair from the log',
};

/** The engine's counters as metrics of the app. */
export const createEngineMetrics = (metrics: Metrics): EngineMetrics => {
  const names = Object.keys(HELP) as EngineCounter[];
  const counters = new Map(
    names.map((name) => [name, metrics.counter({ name: `engine_${name}_total`, help: HELP[name] })]),
  );
  const owned = metrics.gauge({
    name: 'engine_sessions_owned',
    help: 'Sessions in the hands of this worker',
  });
  return {
    count: (name, by = 1) => counters.get(name)?.add({}, by),
    owned: (sessions) => owned.set(sessions),
  };
};
