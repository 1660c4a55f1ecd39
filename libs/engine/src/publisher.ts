import { objectEventFrame } from '@cordboard/agent-protocol';
import { type Bus, type Headers, HEADERS, subjects } from '@cordboard/bus';
import { type Appended } from '@cordboard/event-store';
import { type EngineMetrics } from './ports.ts';
import { type RecordedEvent } from './session-runner.ts';

/** Wire rows travel as the frame that the browser gets; internal rows without their personal fields. */
const bodyOf = ({ record, clear }: RecordedEvent): string =>
  record.name === null
    ? JSON.stringify({
        type: record.type,
        target: record.target,
        data: record.data,
        sequence: record.seq,
        at: new Date(record.at).toISOString(),
      })
    : objectEventFrame({
        target: record.target,
        name: record.name,
        data: clear,
        sequence: record.seq,
        previous: record.meta.previous ?? null,
        at: record.at,
      });

const headersOf = ({ record }: RecordedEvent, lane: number, wpos: number): Headers => ({
  [HEADERS.seq]: String(record.seq),
  [HEADERS.lane]: String(lane),
  [HEADERS.wpos]: String(wpos),
  [HEADERS.epoch]: String(record.epoch),
  ...(record.meta.trace === undefined ? {} : { [HEADERS.trace]: record.meta.trace }),
});

/** Publishes what was just stored, in stream order. What cannot be sent is counted: followers repair from the log. */
export const publishEvents = (
  bus: Bus,
  metrics: EngineMetrics,
  events: readonly RecordedEvent[],
  { lane, wpos }: Appended,
): void => {
  events.forEach((recorded, index) => {
    const { record, event } = recorded;
    const name = record.name ?? `internal_${record.type}`;
    const subject = subjects.event(record.tenant, event.target, name);
    const sent = bus.publish(subject, bodyOf(recorded), headersOf(recorded, lane, wpos + index));
    metrics.count(sent ? 'events_published' : 'events_unpublished');
  });
};
