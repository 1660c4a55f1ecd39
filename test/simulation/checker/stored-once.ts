import { type StoredEvent } from '@cordboard/event-store';
import { isJsonObject } from '@cordboard/kernel';
import { type Asked } from '../world/records.ts';
import { type World } from '../world/world.ts';
import { type Report } from './violation.ts';

const outcomesOf = (rows: readonly StoredEvent[]): ReadonlyMap<string, readonly StoredEvent[]> => {
  const found = new Map<string, StoredEvent[]>();
  for (const row of rows) {
    const { commandId } = row.type === 'CommandCompleted' ? row.data : {};
    if (typeof commandId === 'string') found.set(commandId, [...(found.get(commandId) ?? []), row]);
  }
  return found;
};

const succeeded = ({ answers }: Asked): boolean => answers.some(({ body }) => body.result === 'success');

const sessionMadeBy = ({ answers }: Asked): unknown => {
  const { data } = answers.find(({ body }) => body.result === 'success')?.body ?? {};
  return isJsonObject(data) && isJsonObject(data.session) ? data.session.id : null;
};

/** Acknowledged means stored, exactly once; nothing is ever stored twice. */
export const storedOnce = ({ clients, database }: World, report: Report): void => {
  const rows = [...database.log.streams.values()].flat();
  const outcomes = outcomesOf(rows);
  for (const [commandId, found] of outcomes) {
    if (found.length > 1) report('stored-once', `${commandId} has ${String(found.length)} outcomes`);
  }
  for (const asked of clients.asked.values()) {
    if (!succeeded(asked)) continue;
    const { command, requestId } = asked;
    const made = command === 'prepareSession';
    const isStored =
      outcomes.has(requestId) ||
      rows.some(({ type, sessionId, meta }) =>
        made
          ? type === 'SessionPrepared' && sessionId === sessionMadeBy(asked)
          : command === 'bindSession' && type === 'ClientBound' && meta.commandId === requestId,
      );
    if (!isStored) report('stored-once', `${command} ${requestId} was acknowledged and is not stored`);
  }
};
