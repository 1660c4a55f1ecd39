import { privateDatabase, privateNats } from '@cordboard/testing';
import { figuresOf, inWords, timed } from './harness/figures.ts';
import { openFloors } from './micro/floors.ts';
import { wireCosts } from './micro/wire-cost.ts';
import { COMMANDS } from '@cordboard/agent-protocol';

// That the benches still run; what they measure is judged by `npm run bench`. Of the micro bench the part
// with a stack of processes is run by test/e2e.

describe('figures', () => {
  it.each([
    [[3], 3, 3, 3],
    [[1, 2, 3, 4, 5], 3, 2, 4],
    [[4, 1, 3, 2], 2.5, 1.75, 3.25],
  ])('of %j', (measured, median, low, high) => {
    expect(figuresOf(measured)).toEqual({ median, low, high, count: measured.length });
  });

  it('can be read', () => {
    expect(inWords({ median: 12.34, low: 11, high: 13.06, count: 3 })).toBe('12.3 (11.0 to 13.1)');
  });
});

describe('micro', () => {
  it('takes every command of the catalogue', () => {
    const costs = wireCosts({ rounds: 1, repeats: 1 });
    expect([...costs.keys()].toSorted()).toEqual(COMMANDS.map(({ name }) => name).toSorted());
    for (const { median } of costs.values()) expect(median).toBeGreaterThanOrEqual(0);
  });

  it('goes each hop there and back', async () => {
    const [nats, database] = await Promise.all([privateNats(), privateDatabase()]);
    const floors = await openFloors(nats.url, database.adminUrl);
    for (const hop of Object.values(floors.tasks)) expect(await timed(hop)).toBeGreaterThan(0);
    await floors.close();
    await nats.stop();
    await database.drop();
  });
});
