// Runs Node with the arguments given and a folder for the servers of this run, named by CORDBOARD_TEST_RUN.
// Whatever of them still runs when the program has ended is ended here.
import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

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

const cleanUp = async (run) => {
  const files = readdirSync(run).filter((name) => name.endsWith('.pid.json'));
  await Promise.all(files.map((name) => end(JSON.parse(readFileSync(join(run, name), 'utf8')).pid)));
  const elsewhere = join(run, 'data', 'server-home');
  if (existsSync(elsewhere)) rmSync(readFileSync(elsewhere, 'utf8').trim(), { recursive: true, force: true });
  rmSync(run, { recursive: true, force: true, maxRetries: 5 });
};

/** Settles with the exit code of the program, when it and its servers have ended. */
export const nodeWithServers = (args) =>
  new Promise((resolve) => {
    const run = mkdtempSync(join(tmpdir(), 'cordboard-test-'));
    chmodSync(run, 0o700);
    const child = spawn(process.execPath, args, {
      stdio: 'inherit',
      env: { ...process.env, CORDBOARD_TEST_RUN: run },
    });
    for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
    child.once('exit', (code) => void cleanUp(run).then(() => resolve(code ?? 1)));
  });
