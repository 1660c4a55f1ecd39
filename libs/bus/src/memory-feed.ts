import { err, ok } from '@cordboard/kernel';
import { type Feed, type FeedError } from './feed.ts';
import { type Headers, HEADERS } from './headers.ts';

export interface MemoryFeed extends Feed {
  /** What is stored, in order. */
  readonly stored: readonly { readonly subject: string; readonly body: string; readonly headers: Headers }[];
  /** From now on it answers so; `null` mends it. With `late` what is sent is stored all the same. */
  readonly fail: (error: FeedError | null, how?: { readonly late: boolean }) => void;
}

/** The durable feed in memory, for specs. Ids are remembered for ever. */
export const createMemoryFeed = (): MemoryFeed => {
  const stored: MemoryFeed['stored'][number][] = [];
  const known = new Set<string | undefined>();
  let failure: FeedError | null = null;
  let late = false;

  const store = (message: MemoryFeed['stored'][number]): void => {
    const id = message.headers[HEADERS.messageId];
    if (known.has(id)) return;
    known.add(id);
    stored.push(message);
  };

  return {
    stored,
    ensure: async () => (failure === null ? ok(undefined) : err(failure)),
    publish: async (subject, body, headers) => {
      if (failure === null || late) store({ subject, body, headers });
      return failure === null ? ok(undefined) : err(failure);
    },
    fail: (error, how = { late: false }) => {
      failure = error;
      late = how.late;
    },
  };
};
