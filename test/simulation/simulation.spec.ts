import { BUGS } from './bugs/bugs.ts';
import { FAULTS, type FaultKind } from './faults/kinds.ts';
import { runSeed } from './run.ts';

// A handful of worlds; `npm run simulate` runs as many as one likes.
const SEEDS = Number(process.env['SEEDS'] ?? 4);
const COMMANDS = 50;
/** What brings a bug to light depends on chance; more seeds than this say that the checker is blind for it. */
const MAX_SEEDS = 40;

describe('a simulated world', () => {
  it('keeps all promises, whatever goes wrong in it', async () => {
    for (let seed = 1; seed <= SEEDS; seed += 1) {
      const { violations } = await runSeed({ seed, commands: COMMANDS });
      expect({ seed, violations }).toEqual({ seed, violations: [] });
    }
  });

  it('keeps them when everything goes wrong often', async () => {
    const faults = Object.keys(FAULTS) as readonly FaultKind[];
    const { violations, commands, events } = await runSeed({ seed: 1, commands: COMMANDS, faults });
    expect(violations).toEqual([]);
    expect(commands).toBeGreaterThanOrEqual(COMMANDS);
    expect(events).toBeGreaterThan(0);
  });

  it('runs again exactly as before', async () => {
    const first = await runSeed({ seed: 7, commands: COMMANDS });
    expect(await runSeed({ seed: 7, commands: COMMANDS })).toEqual(first);
  });
});

describe('the checker sees', () => {
  it.each(BUGS.map((bug) => [bug.name, bug] as const))('%s', async (_name, { spoilt, faults, breaks }) => {
    for (let seed = 1; seed <= MAX_SEEDS; seed += 1) {
      const { violations } = await runSeed({ seed, commands: COMMANDS, spoilt, faults });
      const broken = violations.map(({ invariant }) => invariant);
      if (broken.some((invariant) => breaks.includes(invariant))) return;
    }
    throw new Error(`no seed up to ${String(MAX_SEEDS)} showed the bug`);
  });
});
