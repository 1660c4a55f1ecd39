// `npm run check`: everything that can be said about the code without starting a server. Two at a time, since
// that is how many cores a build machine is promised; quiet when all is well.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOMY, root, run } from './prepare.mjs';

const bin = (path) => [join(root, 'node_modules', ...path.split('/'))];
const CHECKS = [
  ['lint and types', ['tools/lint-and-types.mjs']],
  ['unit tests', ['tools/jest.mjs', '--selectProjects', 'unit', '--silent', '--reporters', 'default']],
  [
    'imports',
    [
      ...bin('dependency-cruiser/bin/dependency-cruise.mjs'),
      'libs',
      'apps',
      'test',
      '--config',
      '.dependency-cruiser.mjs',
    ],
  ],
  ['format', [...bin('prettier/bin/prettier.cjs'), '--check', '.', '--log-level', 'warn']],
  ['dead code', [...bin('knip/bin/knip.js'), '--no-progress']],
  ['build settings', ['tools/tsconfigs.mjs', '--check']],
  ['engines', ['tools/engines.mjs']],
  ['asyncapi', ['tools/asyncapi.mjs', '--check']],
];
const AT_ONCE = 2;

const seconds = (since) => `${((Date.now() - since) / 1000).toFixed(1)} s`;

/** Runs the checks, without those named, as nice to other programs as said; gives each with its outcome. */
export const runChecks = async ({ without = [], nice = 0 } = {}) => {
  const waiting = CHECKS.filter(([name]) => !without.includes(name));
  const outcomes = [];
  const worker = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [name, args] = next;
      const since = Date.now();
      const { code, output } = await run(process.execPath, [ROOMY, ...args], { quiet: true, nice });
      console.log(`  ${name} ${code === 0 ? seconds(since) : `failed after ${seconds(since)}`}`);
      outcomes.push({ name, code, output });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  for (const { name, code, output } of outcomes) {
    if (code !== 0) console.error(`\n${name}:\n${output.trim()}`);
  }
  return outcomes;
};

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const outcomes = await runChecks();
  process.exitCode = outcomes.some(({ code }) => code !== 0) ? 1 : 0;
}
