import { privateDatabase, privateNats } from '@cordboard/testing';
import { timed } from './harness/figures.ts';
import { openFloors } from './micro/floors.ts';
import { wireCosts } from './micro/wire-cost.ts';
import { COMMANDS } from '@cordboard/agent-protocol';

// That the benches still run; what they measure is judged by `npm run bench`. Of the micro bench the part
// with a stack of processes is run by test/e2e.

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
