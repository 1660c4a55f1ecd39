import { emptyMemory, foldMemory, SNAPSHOT_SCHEMA } from '@cordboard/engine';
import { type EventStore, type Keyring, type StoredEvent, type Vault } from '@cordboard/event-store';
import { Client } from 'pg';
import { microseconds } from '../harness/figures.ts';
import { inTurns } from '../harness/in-turns.ts';
import { type RecordedLog, TENANT } from './recorded-log.ts';

/** As a worker takes sessions over: those asked for at the same moment share statements. */
const AT_ONCE = 100;
const PLAIN = 'SELECT * FROM events WHERE session_id = ANY($1::uuid[]) ORDER BY session_id, seq';

/** What whoever claims a session without a cached state does with its rows; the events folded. */
const fold = (sessionId: string, rows: readonly StoredEvent[], keyring: Keyring): number => {
  const { state, head } = foldMemory(emptyMemory(sessionId, TENANT), rows, keyring);
  if (!('phase' in state)) throw new Error(`${sessionId} has no state`);
  return head.seq;
};

/** Events a second over all sessions; raises when one is missing. */
const rateOf = async (
  { sessions, rows }: RecordedLog,
  eventsOf: (session: string) => number | Promise<number>,
): Promise<number> => {
  let seen = 0;
  const since = microseconds();
  await inTurns(sessions, AT_ONCE, async (session) => {
    const events = await eventsOf(session);
    seen += events;
  });
  const tookUs = microseconds() - since;
  if (seen !== rows) throw new Error(`${seen} of ${rows} events were seen`);
  return (rows * 1_000_000) / tookUs;
};

const plainRead = async (client: Client, { sessions, rows }: RecordedLog): Promise<number> => {
  let seen = 0;
  const since = microseconds();
  for (let from = 0; from < sessions.length; from += AT_ONCE) {
    const values = [sessions.slice(from, from + AT_ONCE)];
    seen += (await client.query({ name: 'plain', text: PLAIN, values })).rows.length;
  }
  const tookUs = microseconds() - since;
  if (seen !== rows) throw new Error(`${seen} of ${rows} rows were read`);
  return (rows * 1_000_000) / tookUs;
};

/** Ways to go through the whole log; each gives events a second. */
type Ways = Readonly<Record<'replay' | 'select' | 'plain pg' | 'fold without SELECT', () => Promise<number>>>;

export const openWays = async (url: string, log: RecordedLog, store: EventStore, vault: Vault) => {
  const client = new Client({ connectionString: url });
  await client.connect();
  const loaded = new Map<string, { readonly rows: readonly StoredEvent[]; readonly keyring: Keyring }>();
  const load = async (session: string) => {
    const { rows, keys } = await store.load(session, SNAPSHOT_SCHEMA);
    return { rows, keyring: vault.keyring(session, TENANT, keys) };
  };
  const ways: Ways = {
    replay: () =>
      rateOf(log, async (session) => {
        const { rows, keyring } = await load(session);
        return fold(session, rows, keyring);
      }),
    select: () => rateOf(log, async (session) => (await store.read(session)).length),
    'plain pg': () => plainRead(client, log),
    'fold without SELECT': async () => {
      if (loaded.size === 0)
        await inTurns(
          log.sessions,
          AT_ONCE,
          async (session) => void loaded.set(session, await load(session)),
        );
      return rateOf(log, (session) => {
        const found = loaded.get(session);
        return found === undefined ? 0 : fold(session, found.rows, found.keyring);
      });
    },
  };
  return { ways, close: () => client.end() };
};
