import { privateDatabase } from '@cordboard/testing';
import { measureReplay } from './replay.ts';

describe('replay', () => {
  it('folds every event of every recorded session that it reads', async () => {
    const database = await privateDatabase();
    const { rows } = await measureReplay(database, { copies: 1, rounds: 1 });
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({ id: 'replay/rate', figures: { count: 1 } });
    expect(rows[0]?.note).toMatch(/^\d+ recorded sessions of all kinds, \d+ events, [1-9]/);
    await database.drop();
  });
});
