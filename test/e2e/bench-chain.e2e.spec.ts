import { type PrivateDatabase, privateDatabase } from '@cordboard/testing';
import { Client } from 'pg';
import { setStage, type Stage } from '../../bench/chain/stage.ts';

/** By kind of chain and type of row: how many rows of the commands there are, and the bytes of the first of them. */
const STORED = `
SELECT lane > 1000000 AS raw, type, count(*)::integer, (array_agg(length(data::text) ORDER BY seq))[1] AS bytes
FROM events WHERE meta ->> 'commandId' LIKE 'r%' GROUP BY 1, 2 ORDER BY 2, 1`;

interface Stored {
  readonly raw: boolean;
  readonly type: string;
  readonly count: number;
  readonly bytes: number;
}

describe('the bench of commands', () => {
  let database: PrivateDatabase;
  let stage: Stage;

  beforeAll(async () => {
    database = await privateDatabase();
    stage = await setStage({ postgres: { pid: () => process.pid }, log: database, sessions: 2, workers: 1 });
    await stage.grow(2);
  });
  afterAll(async () => {
    await stage.close();
    await database.drop();
  });

  const stored = async (): Promise<readonly Stored[]> => {
    const client = new Client({ connectionString: database.adminUrl });
    await client.connect();
    const { rows } = await client.query<Stored>(STORED);
    await client.end();
    return rows;
  };

  it.each(['engine', 'raw'] as const)(
    'is answered by the %s chain, in closed and in open loop',
    async (name) => {
      const closed = await stage[name].closed(2, 100);
      expect(closed.perSecond).toBeGreaterThan(0);
      const open = await stage[name].open(2, 50, 100);
      expect(open).toMatchObject({ perSecond: 50, notStarted: 0 });
    },
  );

  it('finds the same rows of the same size in the log, as many of an intent as of an outcome', async () => {
    for (const chain of [stage.engine, stage.raw]) await chain.closed(1, 10);
    const rows = await stored();
    const of = (raw: boolean) => rows.filter((row) => row.raw === raw);
    const shape = (raw: boolean) => of(raw).map(({ type, bytes }) => [type, bytes]);
    expect(shape(true)).toEqual(shape(false));
    expect(shape(true).map(([type]) => type)).toEqual([
      'CommandAccepted',
      'CommandCompleted',
      'SwitchAnswered',
      'SwitchRequested',
    ]);
    for (const raw of [true, false]) expect(new Set(of(raw).map(({ count }) => count)).size).toBe(1);
  });
});
