import { measureMemory } from './memory.ts';

describe('memory', () => {
  it('signs sessions in, lets some work, and sums up', async () => {
    const { rows } = await measureMemory({
      batches: 1,
      sessionsEach: 2,
      teams: 1,
      working: 1,
      commandsEach: 2,
      collect: () => undefined,
    });
    expect(rows.map(({ id }) => id)).toEqual(['memory/session', 'memory/sessions-per-gib']);
    expect(rows[0]).toMatchObject({ figures: { count: 1 }, parts: { idle: {}, 'added by work': {} } });
  });
});
