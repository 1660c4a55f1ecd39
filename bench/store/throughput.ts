import { Client } from 'pg';
import { type Context } from '../harness/context.ts';
import { figuresOf } from '../harness/figures.ts';
import { ratioOf } from '../harness/rounds.ts';
import { type Disk, type Row } from '../harness/row.ts';
import { ANNOUNCED } from './announced.ts';
import { atItsBest } from './best-concurrency.ts';
import { type Contestant } from './contestants/contestant.ts';
import { openCopy } from './contestants/copy.ts';
import { openEmmett } from './contestants/emmett.ts';
import { openEngine } from './contestants/engine.ts';
import { openMessageDb } from './contestants/message-db.ts';
import { openOneRow } from './contestants/one-row.ts';
import { openUnnest } from './contestants/unnest.ts';
import { engineAgainst } from './parts.ts';
import { singly } from './recorded-call.ts';
import { type Stage } from './stage.ts';
import { lasting, oneTurn, race, type Turn } from './turns.ts';

const SESSIONS = 256;
export const CONNECTIONS = 16;

/** How many rows the store wrote in one statement, on average: those of a transaction share their `xmin`. */
export const rowsABatch = async (url: string, { sessionIds, events }: Turn): Promise<number> => {
  const client = new Client({ connectionString: url });
  await client.connect();
  const text =
    'SELECT count(DISTINCT xmin::text)::integer AS batches FROM events WHERE session_id = ANY ($1::uuid[])';
  const { rows } = await client.query<{ batches: number }>(text, [sessionIds]);
  await client.end();
  return Math.max(1, Math.round(events / (rows[0]?.batches ?? 1)));
};

const closeAll = async (contestants: readonly Contestant[]): Promise<void> => {
  await Promise.all(contestants.map((contestant) => contestant.close()));
};

const walRow = (engine: readonly Turn[], bare: readonly Turn[]): Row => {
  const bytes = (turns: readonly Turn[]) => turns.map(({ walBytesAnEvent }) => walBytesAnEvent);
  return {
    ...ANNOUNCED.wal,
    figures: ratioOf(bytes(engine), bytes(bare)),
    parts: {
      engine: { figures: figuresOf(bytes(engine)), unit: 'bytes' },
      'bare insert': { figures: figuresOf(bytes(bare)), unit: 'bytes' },
    },
  };
};

/** All contestants at 256 sessions on one disk, each as fast as it can be. */
export const throughputOn = async (
  disk: Disk,
  { call, log, emmettUrl, messageDbUrl }: Stage,
  context: Context,
): Promise<readonly Row[]> => {
  const url = log.applicationUrl;
  const options = { context, call, sessions: SESSIONS };
  const engine = await openEngine(url);
  const batchRows = await rowsABatch(url, await oneTurn('engine', engine, options));
  context.progress(`${disk}: the best number of connections of the peers`);
  const emmett = await atItsBest('Emmett', (n) => openEmmett(emmettUrl, n), options);
  const messageDb = await atItsBest('Message DB', (n) => openMessageDb(messageDbUrl, n), options);
  const contestants = {
    engine,
    copy: await openCopy(url, batchRows),
    unnest: await openUnnest({ url, batchRows }),
    oneRow: await openOneRow(url, CONNECTIONS),
    emmett: emmett.contestant,
    messageDb: messageDb.contestant,
  };
  context.progress(`${disk}: ${Object.keys(contestants).join(', ')} at ${SESSIONS} sessions`);
  const turns = await race(contestants, options);
  await closeAll(Object.values(contestants));
  const batches = `batches of ${batchRows} rows on one connection, as the engine's are; deciding, sealing and hashing take no part here: the commands of the chain have them`;
  const best = (connections: number) => `best at ${connections} connections`;
  const versus = (
    announced: Omit<Row, 'figures'>,
    name: string,
    other: readonly Turn[],
    note?: string,
  ): Row =>
    engineAgainst(announced, turns.engine, { name, turns: other, ...(note === undefined ? {} : { note }) });
  return [
    versus(ANNOUNCED.copy(disk), 'COPY', turns.copy, batches),
    versus(ANNOUNCED.unnest(disk), 'bare insert', turns.unnest, batches),
    versus(ANNOUNCED.oneRow(disk), 'one row per commit', turns.oneRow),
    versus(ANNOUNCED.emmett(disk), 'Emmett', turns.emmett, best(emmett.connections)),
    versus(ANNOUNCED.messageDb(disk), 'Message DB', turns.messageDb, best(messageDb.connections)),
    ...(disk === context.disks[0] ? [walRow(turns.engine, turns.unnest)] : []),
  ];
};

/** The peers once more in shorter turns, with appends of one event: for those whose commands lead to one. */
export const singleEvents = async (stage: Stage, context: Context): Promise<readonly Row[]> => {
  const options = lasting(0.5, { context, call: singly(stage.call), sessions: SESSIONS });
  const emmett = await atItsBest('Emmett', (n) => openEmmett(stage.emmettUrl, n), options);
  const messageDb = await atItsBest('Message DB', (n) => openMessageDb(stage.messageDbUrl, n), options);
  const contestants = {
    engine: await openEngine(stage.log.applicationUrl),
    emmett: emmett.contestant,
    messageDb: messageDb.contestant,
  };
  const turns = await race(contestants, options);
  await closeAll(Object.values(contestants));
  const best = (connections: number) => `best at ${connections} connections`;
  return [
    engineAgainst(ANNOUNCED.emmettSingle, turns.engine, {
      name: 'Emmett',
      turns: turns.emmett,
      note: best(emmett.connections),
    }),
    engineAgainst(ANNOUNCED.messageDbSingle, turns.engine, {
      name: 'Message DB',
      turns: turns.messageDb,
      note: best(messageDb.connections),
    }),
  ];
};
