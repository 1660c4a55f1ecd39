import { type Feed, HEADERS, subjects } from '@cordboard/bus';
import { type StoredEvent } from '@cordboard/event-store';
import { storedMessage } from '../session/event-message.ts';
import { type EnginePorts } from '../ports.ts';

/** How far rows came. */
interface Written {
  /** So many, from the first on, are in the feed, or never will be. */
  readonly taken: number;
  /** Why not all of them. */
  readonly failure: { readonly reason: string; readonly unreadable: boolean } | null;
}

/** Puts rows into the durable feed, up to the first one that this release cannot read. */
export type FeedWriter = (rows: readonly StoredEvent[], mayWrite: () => boolean) => Promise<Written>;

/** Messages on their way, not acknowledged yet. */
const MAX_UNACKNOWLEDGED = 32;
/** The stream keeps nothing longer: older history is read from the log. */
export const MAX_AGE_MS = 24 * 3_600_000;

const idOf = ({ sessionId, seq }: StoredEvent): string => `${sessionId}:${seq}`;

type Message = Extract<ReturnType<typeof storedMessage>, { readonly ok: true }>['value'];

interface Due extends Message {
  readonly row: StoredEvent;
}

/** Those to be written, up to the first that cannot be read: its place, and why. */
const readable = (rows: readonly StoredEvent[], isDue: (row: StoredEvent) => boolean) => {
  const due: Due[] = [];
  for (const [end, row] of rows.entries()) {
    if (!isDue(row)) continue;
    const message = storedMessage(row);
    if (!message.ok) return { due, end, unreadable: message.error };
    due.push({ row, ...message.value });
  }
  return { due, end: rows.length, unreadable: null };
};

const bySession = (due: readonly Due[]): readonly (readonly Due[])[] => {
  const sessions = new Map<string, Due[]>();
  for (const one of due) {
    const of = sessions.get(one.row.sessionId);
    if (of === undefined) sessions.set(one.row.sessionId, [one]);
    else of.push(one);
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

  const write = async ({ row, target, name, body, headers }: Due): Promise<void> => {
    const id = idOf(row);
    const subject = subjects.feed(row.tenant, target, name);
    const taken = await feed.publish(subject, body, { ...headers, [HEADERS.messageId]: id });
    if (taken.ok) metrics.count('feed_published');
    else if (taken.error.kind === 'unavailable') throw new Error(taken.error.reason);
    else log.warn('the durable feed does not take an event', { event: id, reason: taken.error.reason });
    acknowledged.add(id);
  };

  /** Gives why not all of them are written. */
  const writeAll = async (due: readonly Due[], mayWrite: () => boolean): Promise<string | null> => {
    const sessions = bySession(due);
    let next = 0;
    let failure: string | null = null;
    const writeSessions = async (): Promise<void> => {
      for (let session = sessions[next++]; session !== undefined; session = sessions[next++]) {
        for (const one of session) {
          if (failure !== null) return;
          if (!mayWrite()) throw new Error('another worker may fill the feed by now');
          await write(one);
        }
      }
    };
    const writers = Array.from({ length: MAX_UNACKNOWLEDGED }, () =>
      writeSessions().catch((error: unknown) => {
        failure ??= error instanceof Error ? error.message : String(error);
      }),
    );
    await Promise.all(writers);
    return failure;
  };

  return async (rows, mayWrite) => {
    const youngest = clock.now() - MAX_AGE_MS;
    const isDue = (row: StoredEvent): boolean => row.at > youngest && !acknowledged.has(idOf(row));
    const { due, end, unreadable } = readable(rows, isDue);
    const reason = await writeAll(due, mayWrite);
    if (reason === null && unreadable === null) {
      acknowledged.clear();
      return { taken: rows.length, failure: null };
    }
    const open = rows.findIndex((row, index) => index === end || isDue(row));
    return {
      taken: open < 0 ? rows.length : open,
      failure: { reason: reason ?? unreadable ?? '', unreadable: reason === null },
    };
  };
};
