import { type Msg } from '@nats-io/transport-node';
import { serveParent } from '../helper.ts';
import { connectBare, type Said } from '../nats.ts';

// Somebody who hears events, in a process of its own: nobody else's work delays it.

/** `at` on the clock that all processes of a machine share, in nanoseconds. */
interface Heard extends Said {
  readonly at: bigint;
}

const waiting: ((heard: Heard) => void)[] = [];
const unread: Heard[] = [];

const hear = (message: Msg): void => {
  const at = process.hrtime.bigint();
  if (message.subject.includes('.internal_')) return;
  const headers = [...(message.headers ?? [])].map(([name, values]) => [name, values[0] ?? ''] as const);
  const heard: Heard = { at, end: '', headers, body: message.string() };
  const next = waiting.shift();
  if (next === undefined) unread.push(heard);
  else next(heard);
};

serveParent({
  /** To events with a wire form. */
  listen: async ({
    natsUrl,
    subjects,
  }: {
    readonly natsUrl: string;
    readonly subjects: readonly string[];
  }) => {
    const connection = await connectBare(natsUrl, 'ear');
    for (const subject of subjects)
      connection.subscribe(subject, { callback: (_, message) => hear(message) });
    await connection.flush();
  },
  /** The next that came and was not asked for yet, or that comes. */
  next: async () => unread.shift() ?? new Promise<Heard>((resolve) => waiting.push(resolve)),
});
