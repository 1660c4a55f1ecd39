import { subjects } from '@cordboard/bus';
import { type Msg, type MsgHdrs } from '@nats-io/transport-node';
import { Pool } from 'pg';
import { freshLane } from '../../store/contestants/fresh-lane.ts';
import { EVENT_COLUMNS } from '../../store/event-columns.ts';
import { serveParent } from '../helper.ts';
import { connectBare, headersOf } from '../nats.ts';
import { type RecordedCommit, type Recording } from '../recording.ts';

// What an owner does when nothing is decided: it commits the rows of the intent, asks the switch, commits those of
// the outcome, answers and publishes. Sixteen connections, one transaction a commit, the rows of one commit in one
// prepared statement. All bytes are those that the engine wrote and said; only session and place are told anew.

const CONNECTIONS = 16;
const ANSWER_MS = 60_000;
const names = EVENT_COLUMNS.map(([name]) => name);
const LANE = names.indexOf('lane');
const WPOS = names.indexOf('wpos');
const SESSION = names.indexOf('session_id');
const SEQ = names.indexOf('seq');

interface Given {
  readonly natsUrl: string;
  readonly databaseUrl: string;
  readonly paths: readonly string[];
  readonly recording: Recording;
}

interface Call {
  readonly session: string;
  readonly path: string;
  seq: number;
}

interface Prepared {
  readonly name: string;
  readonly text: string;
  readonly rows: RecordedCommit['rows'];
  readonly published: readonly { readonly end: string; readonly body: Buffer; readonly headers: MsgHdrs }[];
}

const prepare = (name: string, { rows, published }: RecordedCommit): Prepared => {
  const lists = rows.map((_, row) => `(${names.map((_, n) => `$${row * names.length + n + 1}`).join(', ')})`);
  return {
    name,
    text: `INSERT INTO events (${names.join(', ')}) VALUES ${lists.join(', ')}`,
    rows,
    published: published.map((said) => ({
      end: said.end,
      body: Buffer.from(said.body),
      headers: headersOf(said),
    })),
  };
};

/** Connects all at once, so that none has to be made while the clock runs. */
const openPool = async (url: string): Promise<Pool> => {
  const pool = new Pool({ connectionString: url, max: CONNECTIONS, idleTimeoutMillis: 0 });
  const clients = await Promise.all(Array.from({ length: CONNECTIONS }, () => pool.connect()));
  for (const client of clients) client.release();
  return pool;
};

serveParent({
  start: async ({ natsUrl, databaseUrl, paths, recording }: Given) => {
    const [connection, pool] = await Promise.all([connectBare(natsUrl, 'raw-owner'), openPool(databaseUrl)]);
    const intent = prepare('intent', recording.intent);
    const outcome = prepare('outcome', recording.outcome);
    const response = Buffer.from(recording.response);
    const request = Buffer.from(recording.request.body);
    const asked = { timeout: ANSWER_MS, headers: headersOf(recording.request) };
    const lane = freshLane();

    const commit = ({ name, text, rows }: Prepared, call: Call): Promise<unknown> => {
      const values = rows.flatMap((row) => {
        const next = [...row];
        [next[LANE], next[WPOS]] = lane.place();
        next[SESSION] = call.session;
        next[SEQ] = call.seq += 1;
        return next;
      });
      return pool.query({ name, text, values });
    };
    const publish = ({ published }: Prepared, { path }: Call): void => {
      for (const { end, body, headers } of published)
        connection.publish(`cb.v1.demo.evt.${path}.${end}`, body, { headers });
    };
    const carryOut = async (call: Call, message: Msg): Promise<void> => {
      await commit(intent, call);
      publish(intent, call);
      await connection.request(`cb.v1.demo.cti.sim.bare.req.${call.path}`, request, asked);
      await commit(outcome, call);
      message.respond(response);
      publish(outcome, call);
    };

    for (const path of paths) {
      const [session = ''] = path.split('.');
      const call: Call = { session, path, seq: 0 };
      connection.subscribe(subjects.commandsOf('demo', session), {
        callback: (_, message) => void carryOut(call, message),
      });
    }
    await connection.flush();
  },
});
