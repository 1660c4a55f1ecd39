import { type Feed, HEADERS, subjects } from '@cordboard/bus';
import { type StoredEvent } from '@cordboard/event-store';
import { storedMessage } from './event-message.ts';
import { type EnginePorts } from './ports.ts';

/** Puts rows into the durable feed. Raises at the first one that it cannot; those before it stay written. */
export type FeedWriter = (rows: readonly StoredEvent[], mayWrite: () => boolean) => Promise<void>;

/** Messages on their way, not acknowledged yet. */
const MAX_UNACKNOWLEDGED = 256;
/** The stream keeps nothing longer: older history is read from the log. */
const MAX_AGE_MS = 24 * 3_600_000;

const idOf = ({ sessionId, seq }: StoredEvent): string => `${sessionId}:${seq}`;

const bySession = (rows: readonly StoredEvent[]): readonly (readonly StoredEvent[])[] => {
  const sessions = new Map<string, StoredEvent[]>();
  for (const row of rows) {
    const of = sessions.get(row.sessionId);
    if (of === undefined) sessions.set(row.sessionId, [row]);
    else of.push(row);
  }
  return [...sessions.values()];
};

/**
 * A row follows the one before it in its session once that one is acknowledged, so that no loss and no repetition
 * can turn them round; sessions do not wait for each other. `mayWrite` is asked before each row. What was
 * acknowledged of rows that failed as a whole is remembered and not written again.
 */
export const createFeedWriter = (
  feed: Feed,
  { clock, log, metrics }: Pick<EnginePorts, 'clock' | 'log' | 'metrics'>,
): FeedWriter => {
  const acknowledged = new Set<string>();

  const write = async (row: StoredEvent): Promise<void> => {
    const message = storedMessage(row);
    if (!message.ok) throw new Error(message.error);
    const { target, name, body, headers } = message.value;
    const id = idOf(row);
    const subject = subjects.feed(row.tenant, target, name);
    const taken = await feed.publish(subject, body, { ...headers, [HEADERS.messageId]: id });
    if (taken.ok) metrics.count('feed_published');
    else if (taken.error.kind === 'unavailable') throw new Error(taken.error.reason);
    else log.warn('the durable feed does not take an event', { event: id, reason: taken.error.reason });
    acknowledged.add(id);
  };

  return async (rows, mayWrite) => {
    const youngest = clock.now() - MAX_AGE_MS;
    const due = rows.filter((row) => row.at > youngest && !acknowledged.has(idOf(row)));
    const sessions = bySession(due);
    let next = 0;
    let failed = false;
    const writeSessions = async (): Promise<void> => {
      for (let session = sessions[next++]; session !== undefined; session = sessions[next++]) {
        for (const row of session) {
          if (failed) return;
          if (!mayWrite()) throw new Error('another worker may fill the feed by now');
          await write(row);
        }
      }
    };
    const writers = Array.from({ length: MAX_UNACKNOWLEDGED }, () =>
      writeSessions().catch((error: unknown) => {
        failed = true;
        throw error;
      }),
    );
    const ends = await Promise.allSettled(writers);
    const failure = ends.find((end) => end.status === 'rejected');
    if (failure !== undefined) throw failure.reason;
    acknowledged.clear();
  };
};
