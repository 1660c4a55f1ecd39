import { objectEventFrame } from '@cordboard/agent-protocol';
import { type Bus, type Headers, HEADERS, subjects } from '@cordboard/bus';
import { type CommandOutcome } from '@cordboard/domain';
import { type Appended } from '@cordboard/event-store';
import { formatTarget } from '@cordboard/kernel';
import { type EngineMetrics } from './ports.ts';
import { type PassingEvent, type RecordedEvent } from './session-runner.ts';

/** Wire rows travel as the frame that the browser gets; internal rows without their personal fields. */
const bodyOf = ({ record, clear, context }: RecordedEvent): string =>
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
        context,
      });

const headersOf = ({ record }: RecordedEvent, lane: number, wpos: number): Headers => ({
  [HEADERS.seq]: String(record.seq),
  [HEADERS.lane]: String(lane),
  [HEADERS.wpos]: String(wpos),
  [HEADERS.epoch]: String(record.epoch),
  ...(record.meta.trace === undefined ? {} : { [HEADERS.trace]: record.meta.trace }),
});

interface Outlets {
  readonly bus: Pick<Bus, 'publish'>;
  readonly metrics: Pick<EngineMetrics, 'count'>;
  /** Answers whoever waits for the outcome of a command. */
  readonly answer: (commandId: string, outcome: CommandOutcome) => void;
}

/**
 * Lets what was just stored leave in stream order, answers to commands at the place of their outcome: the domain
 * decides what an agent hears before an answer and what after it (agent protocol A8, D1). What cannot be
 * published is counted: followers repair from the log.
 */
export const publishEvents = (
  { bus, metrics, answer }: Outlets,
  events: readonly RecordedEvent[],
  { lane, wpos }: Appended,
): void => {
  events.forEach((recorded, index) => {
    const { record, event } = recorded;
    const name = record.name ?? `internal_${record.type}`;
    const subject = subjects.event(record.tenant, event.target, name);
    const sent = bus.publish(subject, bodyOf(recorded), headersOf(recorded, lane, wpos + index));
    metrics.count(sent ? 'events_published' : 'events_unpublished');
    if (event.type === 'CommandCompleted') answer(event.data.commandId, event.data.outcome);
  });
};

/**
 * Lets passing events go to whoever listens now. They have no place of their own in the stream: `sequence` and
 * `previous` are both the last one, so that nobody's cursor moves and nobody takes them for a gap.
 */
export const publishPassing = (
  { bus, metrics }: Omit<Outlets, 'answer'>,
  events: readonly PassingEvent[],
  sequence: number,
): void => {
  for (const { event, tenant, name, clear: data, at, context } of events) {
    const target = formatTarget(event.target);
    const frame = objectEventFrame({ target, name, data, sequence, previous: sequence, at, context });
    const sent = bus.publish(subjects.event(tenant, event.target, name), frame, {
      [HEADERS.seq]: String(sequence),
    });
    metrics.count(sent ? 'events_published' : 'events_unpublished');
  }
};
