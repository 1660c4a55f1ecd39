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
  bindings_lost: 'Sockets that lost their session to another client or by lapse.',
  events_malformed: 'Publications that could not be read.',
};

/** What the parts of the edge report themselves to. */
interface EdgeMeters extends Pick<EdgePorts, 'count' | 'connected' | 'resumed'> {
  /** Bytes kept of what was heard. */
  readonly kept: (bytes: number) => void;
  /** Sessions that are heard. */
  readonly heardSessions: (sessions: number) => void;
}

/** One counter a name, made at the start so that each is there before it counts. */
export const createEdgeCounters = (metrics: Metrics): EdgeMeters => {
  const counters = new Map(
    Object.entries(HELP).map(([name, help]) => [name, metrics.counter({ name: `edge_${name}_total`, help })]),
  );
  const resumes = metrics.counter({
    name: 'edge_resumes_total',
    help: 'Browsers that came back, by where they got what they had missed.',
    labels: { from: ['ring', 'log', 'reset'] },
  });
  const sockets = metrics.gauge({ name: 'edge_sockets', help: 'Agents connected.' });
  const rings = metrics.gauge({ name: 'edge_ring_bytes', help: 'Events kept for browsers that come back.' });
  const heard = metrics.gauge({
    name: 'edge_sessions_heard',
    help: 'Sessions heard for browsers that are here or may come back.',
  });
  return {
    count: (name) => counters.get(name)?.add(),
    connected: (open) => sockets.set(open),
    resumed: (from) => resumes.add({ from }),
    kept: (bytes) => rings.set(bytes),
    heardSessions: (sessions) => heard.set(sessions),
  };
};
