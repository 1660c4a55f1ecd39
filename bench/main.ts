import { parseArgs } from 'node:util';
import { calls } from './calls/calls.ts';
import { failover } from './failover/failover.ts';
import { gateway } from './gateway/gateway.ts';
import { memory } from './memory/memory.ts';
import { micro } from './micro/micro.ts';
import { type Outcome } from './outcome.ts';
import { resume } from './resume/resume.ts';
import { rolling } from './rolling/rolling.ts';

// `npm run bench`: measures what the design promises in numbers, and fails when a promise is not kept.

const collect = (): void => {
  if (globalThis.gc === undefined)
    throw new Error('start it with npm run bench, which lets it collect garbage');
  globalThis.gc();
};

const BENCHES: Readonly<Record<string, () => Promise<Outcome>>> = {
  micro: () => micro({ rounds: 50, repeats: 100, commands: 400 }),
  memory: () => memory({ batches: 5, sessionsEach: 400, teams: 5, working: 6, commandsEach: 272, collect }),
  gateway: () => gateway({ rounds: 2_000 }),
  calls: () => calls({ calls: 5_000 }),
  failover: () => failover({ sessions: Number(given.sessions), asked: 100 }),
  resume: () => resume({ browsers: 1_000, missed: 50, waves: 5 }),
  rolling: () => rolling({ agents: 50, paceMs: 400, restMs: 3_000 }),
};

const { values: given, positionals: asked } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'boolean', default: false },
    /** Those of `failover`. */
    sessions: { type: 'string', default: '10000' },
  },
});
const asJson = given.json;
const unknown = asked.filter((name) => !Object.hasOwn(BENCHES, name));

if (unknown.length > 0) {
  console.error(`There is no bench ${unknown.join(', ')}: say ${Object.keys(BENCHES).join(' or ')}.`);
  process.exitCode = 1;
} else {
  const results: Record<string, object> = {};
  for (const [name, bench] of Object.entries(BENCHES)) {
    if (asked.length > 0 && !asked.includes(name)) continue;
    const { good, lines, result } = await bench();
    results[name] = { good, ...result };
    if (!good) process.exitCode = 1;
    if (!asJson)
      console.log([`${name}: ${good ? 'good' : 'the limit is not kept'}`, ...lines, ''].join('\n'));
  }
  if (asJson) {
    console.log(JSON.stringify({ node: process.version, platform: process.platform, results }));
  }
}
