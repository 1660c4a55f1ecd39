// `npm test`: on a bare machine too. Prepares as `npm start` does, runs every check and every test, and ends
// with one plain line that counts them; a failed check counts as a failed test.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prepare, run } from './prepare.mjs';

await prepare();
const { runChecks } = await import('./check.mjs');

const folder = mkdtempSync(join(tmpdir(), 'cordboard-results-'));
const env = { ...process.env, ...(process.stderr.isTTY ? { FORCE_COLOR: '1' } : {}) };
// What has no processes that wait for each other makes use of what those leave of the machine.
const NICE = 5;
const SIMULATED_MS = 60_000;

/** Tests passed and failed; a suite that could not even be loaded counts as one failed test. */
const jest = async (name, args, nice = 0) => {
  const file = join(folder, `${name}.json`);
  const all = ['tools/jest.mjs', ...args, '--json', '--outputFile', file];
  const { code } = await run(process.execPath, all, { told: true, env, nice });
  try {
    const { numPassedTests, numFailedTests, numRuntimeErrorTestSuites } = JSON.parse(
      readFileSync(file, 'utf8'),
    );
    const failed = numFailedTests + numRuntimeErrorTestSuites;
    return { passed: numPassedTests, failed: code !== 0 && failed === 0 ? 1 : failed };
  } catch {
    return { passed: 0, failed: 1 };
  }
};

const outcome = (code) => ({ passed: Number(code === 0), failed: Number(code !== 0) });

/** Worlds from as many seeds as there is time for; one that fails says how to see it again. */
const simulation = async () => {
  const args = ['tools/simulate.mjs', '--seeds', '1000000', '--ms', String(SIMULATED_MS)];
  const { code, output } = await run(process.execPath, args, { quiet: true, nice: NICE });
  const [last] = output.match(/^simulated: .*$/m) ?? [''];
  console.log(code === 0 ? `  ${last}` : `  simulation failed\n${output.trim()}`);
  return outcome(code);
};

const near = async () => [
  ...(await runChecks({ without: ['unit tests'], nice: NICE })).map(({ code }) => outcome(code)),
  await simulation(),
  await jest('near', ['--selectProjects', 'unit', 'int', '--maxWorkers', '2'], NICE),
];

// End-to-end tests have processes of their own, which mostly wait for each other: two files at a time, beside the rest.
const outcomes = await Promise.all([near(), jest('e2e', ['--selectProjects', 'e2e', '--maxWorkers', '2'])]);
rmSync(folder, { recursive: true, force: true });

const sum = (key) => outcomes.flat().reduce((total, counts) => total + counts[key], 0);
console.log(`tests: ${sum('passed')} passed, ${sum('failed')} failed`);
process.exitCode = sum('failed') === 0 ? 0 : 1;
