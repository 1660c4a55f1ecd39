// `npm test`: on a bare machine too. Prepares as `npm start` does, runs every check and every test, and ends
// with one plain line that counts them; a failed check counts as a failed test.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prepare, run } from './prepare.mjs';

await prepare();
const { runChecks } = await import('./check.mjs');

const folder = mkdtempSync(join(tmpdir(), 'cordboard-results-'));

/** Tests passed and failed; a suite that could not even be loaded counts as one failed test. */
const jest = async (name, args) => {
  const file = join(folder, `${name}.json`);
  const { code } = await run(process.execPath, ['tools/jest.mjs', ...args, '--json', '--outputFile', file]);
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

// End-to-end tests have processes of their own, which mostly wait for each other: two files at a time, after the rest.
const outcomes = [
  ...(await runChecks(['unit tests'])).map(({ code }) => ({
    passed: Number(code === 0),
    failed: Number(code !== 0),
  })),
  await jest('near', ['--selectProjects', 'unit', 'int', '--maxWorkers', '2']),
  await jest('e2e', ['--selectProjects', 'e2e', '--maxWorkers', '2']),
];
rmSync(folder, { recursive: true, force: true });

const sum = (key) => outcomes.reduce((total, outcome) => total + outcome[key], 0);
console.log(`tests: ${sum('passed')} passed, ${sum('failed')} failed`);
process.exitCode = sum('failed') === 0 ? 0 : 1;
