import { objectEventFrame } from '@cordboard/agent-protocol';
import { type Bus, HEADERS, subjects } from '@cordboard/bus';
import { type CommandOutcome } from '@cordboard/domain';
import { type Appended } from '@cordboard/event-store';
import { formatTarget } from '@cordboard/kernel';
import { eventMessage } from './event-message.ts';
import { type EngineMetrics } from '../ports.ts';
import { type PassingEvent, type RecordedEvent } from './session-runner.ts';

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
    const { name, body, headers } = eventMessage(recorded, lane, wpos + index);
    const sent = bus.publish(subjects.event(record.tenant, event.target, name), body, headers);
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
