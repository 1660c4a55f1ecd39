import { objectEventFrame } from '@cordboard/agent-protocol';
import { type Headers, HEADERS } from '@cordboard/bus';
import { type StoredEvent } from '@cordboard/event-store';
import { err, type JsonObject, ok, type Result, type Target } from '@cordboard/kernel';
import { fromRecord } from '@cordboard/translation';
import { type RecordedEvent } from './session-runner.ts';

/** How an event travels; its subject is made of `target` and `name`. */
interface EventMessage {
  readonly name: string;
  readonly body: string;
  readonly headers: Headers;
}

/** Wire rows travel as the frame that the browser gets; internal rows without their personal fields. */
const bodyOf = ({ record, clear, context }: Omit<RecordedEvent, 'event'>): string =>
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

/** The message of an event that came to stand at a place of a lane. */
export const eventMessage = (
  recorded: Omit<RecordedEvent, 'event'>,
  lane: number,
  wpos: number,
): EventMessage => {
  const { record } = recorded;
  return {
    name: record.name ?? `internal_${record.type}`,
    body: bodyOf(recorded),
    headers: {
      [HEADERS.seq]: String(record.seq),
      [HEADERS.lane]: String(lane),
      [HEADERS.wpos]: String(wpos),
      [HEADERS.epoch]: String(record.epoch),
      ...(record.meta.trace === undefined ? {} : { [HEADERS.trace]: record.meta.trace }),
    },
  };
};

/**
 * The message of a row as it was when the row was new. `data`: with its personal fields in place where they may be
 * heard. The error says why this release cannot read the row.
 */
export const storedMessage = (
  row: StoredEvent,
  data: JsonObject = row.data,
): Result<EventMessage & { readonly target: Target }, string> => {
  const event = fromRecord(row);
  if (!event.ok) return err(`session ${row.sessionId}, sequence ${row.seq}: ${event.error}`);
  return ok({
    ...eventMessage({ record: row, clear: data }, row.lane, row.wpos),
    target: event.value.target,
  });
};
