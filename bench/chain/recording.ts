import { type EventRecord } from '@cordboard/event-store';
import { Client } from 'pg';
import { type EventValue, eventValues } from '../store/event-columns.ts';
import { connectBare, type Said } from './nats.ts';

/** One commit: its rows and what was published about them. */
export interface RecordedCommit {
  readonly rows: readonly (readonly EventValue[])[];
  readonly published: readonly Said[];
}

/** What the engine wrote and said to carry out one `hold`; the raw chain writes and says the same bytes. */
export interface Recording {
  /** Of the call that was held. */
  readonly path: string;
  readonly command: Said;
  readonly intent: RecordedCommit;
  readonly request: Said;
  readonly outcome: RecordedCommit;
  readonly response: string;
}

interface Heard extends Said {
  readonly subject: string;
  /** Where the answer goes. */
  readonly reply: string;
}

const TARGET_TOKENS = 5;

const endOf = (subject: string, kind: string): string =>
  (subject.split(`.${kind}.`)[1] ?? '').split('.').slice(TARGET_TOKENS).join('.');

/** Everything that goes over NATS while the task runs. */
const overhear = async (natsUrl: string, task: () => Promise<unknown>): Promise<readonly Heard[]> => {
  const connection = await connectBare(natsUrl, 'recording');
  const heard: Heard[] = [];
  connection.subscribe('>', {
    callback: (_, message) => {
      const headers = [...(message.headers ?? [])].map(([key, values]) => [key, values[0] ?? ''] as const);
      const { subject, reply = '' } = message;
      heard.push({ subject, reply, end: '', headers, body: message.string() });
    },
  });
  await connection.flush();
  await task();
  await connection.flush();
  await connection.close();
  return heard;
};

const LAST_ROWS = `
SELECT session_id AS "sessionId", seq, epoch, tenant, type, version, target, at, name, data, pii, key_id AS "keyId", meta, hash
FROM events WHERE session_id = $1 ORDER BY seq DESC LIMIT $2`;

/** The last rows of a session, in order. */
const lastRows = async (url: string, session: string, count: number): Promise<readonly EventRecord[]> => {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<EventRecord>(LAST_ROWS, [session, count])).rows.toReversed();
  } finally {
    await client.end();
  }
};

const isResult = ({ headers }: Said): boolean => headers.some(([, value]) => value === 'result');

/** Records what the engine does for a command that is given while nothing else goes on. */
export const record = async (
  { natsUrl, databaseUrl }: { readonly natsUrl: string; readonly databaseUrl: string },
  path: string,
  hold: () => Promise<unknown>,
): Promise<Recording> => {
  const heard = await overhear(natsUrl, hold);
  const about = (kind: string): readonly Heard[] =>
    heard
      .filter(({ subject }) => subject.includes(`.${kind}.${path}`))
      .map((said) => ({ ...said, end: endOf(said.subject, kind) }));
  const [command] = about('cmd');
  const [request] = about('req');
  const answer = heard.find((said) => said.subject === command?.reply && isResult(said));
  if (command === undefined || request === undefined || answer === undefined)
    throw new Error('the command was not overheard from its beginning to its end');
  const events = about('evt');
  const asked = heard.findIndex(({ subject }) => subject === request.subject);
  const before = heard.slice(0, asked).filter(({ subject }) => subject.includes(`.evt.${path}`)).length;
  const stored = await lastRows(databaseUrl, path.slice(0, path.indexOf('.')), events.length);
  const rows = stored.map((row) => eventValues(row, 0, 0));
  return {
    path,
    command,
    request,
    response: answer.body,
    intent: { rows: rows.slice(0, before), published: events.slice(0, before) },
    outcome: { rows: rows.slice(before), published: events.slice(before) },
  };
};
