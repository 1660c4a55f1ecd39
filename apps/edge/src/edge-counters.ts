import { type Metrics } from '@cordboard/runtime';
import { type EdgeCounter, type EdgePorts } from './edge-ports.ts';

const HELP: Readonly<Record<EdgeCounter, string>> = {
  commands_answered: 'Commands that got their answer, whatever it was.',
  commands_refused: 'Commands that the edge itself refused.',
  commands_unanswered: 'Commands that nobody answered in time.',
  floods: 'Sockets closed for too many commands.',
  slow_clients: 'Sockets closed because the client did not read.',
  silent_clients: 'Sockets closed because the client gave no sign of life.',
  stream_repairs: 'Gaps in live events that were closed from the log.',
  stream_resets: 'Resumptions that could not be proved and became resets.',
  bindings_lost: 'Sockets that lost their session to another client or by lapse.',
  events_malformed: 'Publications that could not be read.',
};

/** One counter a name, made at the start so that each is there before it counts. */
export const createEdgeCounters = (metrics: Metrics): Pick<EdgePorts, 'count' | 'connected'> => {
  const counters = new Map(
    Object.entries(HELP).map(([name, help]) => [name, metrics.counter({ name: `edge_${name}_total`, help })]),
  );
  const sockets = metrics.gauge({ name: 'edge_sockets', help: 'Agents connected.' });
  return { count: (name) => counters.get(name)?.add(), connected: (open) => sockets.set(open) };
};
