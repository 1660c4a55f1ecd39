// Runs Jest on ES modules with the arguments given, under the same Node as this process. Tests share the
// servers of one folder, the run; whatever of it still runs when Jest has ended is ended here.
import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const run = mkdtempSync(join(tmpdir(), 'cordboard-test-'));
chmodSync(run, 0o700);

const isAlive = (pid) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

const end = async (pid) => {
  if (!isAlive(pid)) return;
  process.kill(pid, 'SIGINT');
  for (let waited = 0; waited < 100 && isAlive(pid); waited += 1) await delay(50);
  if (isAlive(pid)) process.kill(pid, 'SIGKILL');
};

const cleanUp = async () => {
  const files = readdirSync(run).filter((name) => name.endsWith('.pid.json'));
  await Promise.all(files.map((name) => end(JSON.parse(readFileSync(join(run, name), 'utf8')).pid)));
  const elsewhere = join(run, 'data', 'server-home');
  if (existsSync(elsewhere)) rmSync(readFileSync(elsewhere, 'utf8').trim(), { recursive: true, force: true });
  rmSync(run, { recursive: true, force: true, maxRetries: 5 });
};

const jest = join(dirname(createRequire(import.meta.url).resolve('jest/package.json')), 'bin', 'jest.js');
const child = spawn(
  process.execPath,
  ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', jest, ...process.argv.slice(2)],
  { stdio: 'inherit', env: { ...process.env, CORDBOARD_TEST_RUN: run } },
);
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.once('exit', (code) => {
  void cleanUp().then(() => process.exit(code ?? 1));
});
