// `npm run check:deep`: what `npm test` does with less patience. 10,000 walks through the domain, 100,000 frames
// against a running edge. Takes some minutes, prints how far it is and stops by itself.
import { prepare, run } from './prepare.mjs';

const STEPS = [
  {
    name: '10,000 walks through the domain',
    args: ['--selectProjects', 'unit', '--', 'libs/domain/src/session/walk.spec.ts'],
    env: { WALKS: '10000' },
  },
  {
    name: '500 walks each: every command on every object, owners, waits, wire maps, the simulated switch',
    args: [
      '--selectProjects',
      'unit',
      '--',
      'libs/domain/src/session/(acceptance|owners|liveness)',
      'libs/translation/src/agent/capabilities',
      'libs/switch-sim/src/walks',
    ],
    env: { WALKS: '500' },
  },
  {
    name: '100,000 frames against a running edge',
    args: ['--selectProjects', 'e2e', '--runInBand', '--', 'test/e2e/frames.e2e.spec.ts'],
    env: { FRAMES: '100000' },
  },
];
const PULSE_MS = 30_000;

const seconds = (since) => `${Math.round((Date.now() - since) / 1000)} s`;

await prepare();
let failed = 0;
for (const { name, args, env } of STEPS) {
  const since = Date.now();
  console.log(`${name} ...`);
  const pulse = setInterval(() => console.log(`  ${seconds(since)}`), PULSE_MS);
  Object.assign(process.env, env);
  const { code } = await run(process.execPath, ['tools/jest.mjs', ...args]);
  clearInterval(pulse);
  if (code !== 0) failed += 1;
  console.log(`${name}: ${code === 0 ? 'passed' : 'FAILED'} after ${seconds(since)}`);
}
process.exitCode = failed === 0 ? 0 : 1;
