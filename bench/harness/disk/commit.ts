import { Client } from 'pg';
import { type Context, type Group } from '../context.ts';
import { figuresOf, timed } from '../figures.ts';
import { type Disk, type Row } from '../row.ts';
import { DISKS } from '../settings.ts';

const INSERTS = 40;

const announced = (disk: Disk) => ({
  id: 'disk/commit',
  title: 'one row written and committed, p50',
  unit: 'ms',
  better: 'lower' as const,
  disk,
});

const commitsOn = async ({ postgres, rounds }: Context, disk: Disk): Promise<Row> => {
  await postgres.on(disk);
  const database = await postgres.database();
  const client = new Client({ connectionString: database.adminUrl });
  await client.connect();
  await client.query('CREATE TABLE bench_commit (id bigserial PRIMARY KEY, data text)');
  const insert = () =>
    client.query({ name: 'insert', text: 'INSERT INTO bench_commit (data) VALUES ($1)', values: ['x'] });
  const round = async (): Promise<number> => {
    const taken: number[] = [];
    for (let n = 0; n < INSERTS; n += 1) taken.push(await timed(insert));
    return figuresOf(taken).median / 1_000;
  };
  await round();
  const medians: number[] = [];
  for (let n = 0; n < rounds; n += 1) medians.push(await round());
  await client.end();
  await database.drop();
  return { ...announced(disk), figures: figuresOf(medians) };
};

/** What a commit costs on each disk: what group commit can win, and that the slower disks are slower. */
export const disk: Group = {
  name: 'disk',
  says: 'what a commit of one row takes on each disk',
  budgetS: { quick: 30, full: 60, long: 60 },
  rows: DISKS.map(announced),
  run: async (context) => {
    const rows: Row[] = [];
    for (const one of context.disks) {
      context.progress(`commits on the disk ${one}`);
      rows.push(await commitsOn(context, one));
    }
    return { rows };
  },
};
