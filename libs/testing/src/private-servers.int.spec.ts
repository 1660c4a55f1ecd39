import { connect } from 'node:net';
import pg from 'pg';
import { eventually, privateDatabase, privateNats } from './index.ts';

const one = async (url: string, query: string): Promise<unknown> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ value: unknown }>(query);
    return rows[0]?.value;
  } finally {
    await client.end();
  }
};

describe('privateDatabase', () => {
  it('gives two databases that do not see each other, with the two roles', async () => {
    const [first, second] = await Promise.all([privateDatabase(), privateDatabase()]);
    await one(first.ownerUrl, 'CREATE TABLE mine(n int)');
    const count = `SELECT count(*)::int AS value FROM pg_tables WHERE tablename = 'mine'`;
    expect(await one(first.applicationUrl, count)).toBe(1);
    expect(await one(second.applicationUrl, count)).toBe(0);
    expect(await one(first.ownerUrl, 'SELECT current_user AS value')).toBe('cordboard_owner');
    expect(await one(first.applicationUrl, 'SELECT current_user AS value')).toBe('cordboard_app');
    await first.drop();
    await second.drop();
    await expect(one(first.ownerUrl, 'SELECT 1 AS value')).rejects.toThrow('does not exist');
  });
});

const greeting = (port: number): Promise<string> =>
  new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port });
    socket.once('error', reject);
    socket.once('data', (bytes) => {
      socket.destroy();
      resolve(bytes.toString());
    });
  });

describe('privateNats', () => {
  it('starts, is killed, starts again on the same port and stops', async () => {
    const nats = await privateNats();
    expect(await greeting(nats.port)).toContain('"jetstream":true');
    const pid = nats.pid;
    await nats.kill();
    await expect(greeting(nats.port)).rejects.toThrow('ECONNREFUSED');
    expect(await nats.restart()).not.toBe(pid);
    expect(await greeting(nats.port)).toContain('INFO ');
    await nats.stop();
    await eventually(() =>
      expect(greeting(nats.port))
        .rejects.toThrow('ECONNREFUSED')
        .then(() => true),
    );
  });
});
