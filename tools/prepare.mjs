// What a bare clone needs before anything runs: the right Node, the packages of the lock file, the build.
// Plain Node, since nothing is installed yet when it starts.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { setPriority } from 'node:os';
import { join } from 'node:path';

export const root = join(import.meta.dirname, '..');
const MINIMUM = [20, 19];
/** For programs that make many objects and drop them, as compilers do: they spend a fifth less on collecting them. */
export const ROOMY = '--max-semi-space-size=64';

/** Ends with one line, and code 1, when this Node is too old. */
export const requireNode = () => {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > MINIMUM[0] || (major === MINIMUM[0] && minor >= MINIMUM[1])) return;
  fail(
    `Cordboard needs Node ${MINIMUM.join('.')} or newer, this is ${process.versions.node}: install it, for example with "nvm install".`,
  );
};

/** Ends with one line and code 1. */
export const fail = (line) => {
  console.error(line);
  process.exit(1);
};

/**
 * Runs a program; gives its exit code and, unless it writes to the terminal itself, what it wrote. `quiet` keeps that
 * from the terminal, `told` shows it there as it comes; `nice` lets other programs go first.
 */
export const run = (command, args, { quiet = false, told = false, nice = 0, env = process.env } = {}) =>
  new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: root,
      env,
      stdio: quiet || told ? ['ignore', 'pipe', 'pipe'] : 'inherit',
    });
    if (nice !== 0 && child.pid !== undefined) setPriority(child.pid, nice);
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (bytes) => {
        output += bytes;
        if (told) process.stderr.write(bytes);
      });
    child.once('error', (error) => resolve({ code: 1, output: String(error) }));
    child.once('close', (code) => resolve({ code: code ?? 1, output }));
  });

const seconds = (since) => `${((Date.now() - since) / 1000).toFixed(1)} s`;

/** Runs one long step with a line of progress; its output is shown when it fails only. */
export const step = async (label, command, args) => {
  const since = Date.now();
  process.stdout.write(`  ${label}`);
  const { code, output } = await run(command, args, { quiet: true });
  console.log(code === 0 ? ` ${seconds(since)}` : ` failed after ${seconds(since)}`);
  if (code !== 0) {
    console.error(output.trim());
    process.exit(1);
  }
};

const packagesIn = (file) => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).packages : {});

/** Whether node_modules holds what the lock file says; npm leaves its own account of what it installed. */
const isInstalled = () => {
  const present = packagesIn(join(root, 'node_modules', '.package-lock.json'));
  const wanted = Object.entries(packagesIn(join(root, 'package-lock.json')));
  return wanted
    .filter(([path, { optional }]) => path.startsWith('node_modules/') && optional !== true)
    .every(([path, { version, link }]) => present[path]?.version === version && present[path]?.link === link);
};

const install = async () => {
  if (!isInstalled()) await step('packages (npm ci)', npm[0], [...npm.slice(1), 'ci']);
};

// npm tells its scripts where it is; started without it, the one on the PATH serves.
const npm = process.env.npm_execpath === undefined ? ['npm'] : [process.execPath, process.env.npm_execpath];

/** Packages and build, each only when something changed. */
export const prepare = async () => {
  requireNode();
  await install();
  const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  await step('build', process.execPath, [ROOMY, compiler, '-b']);
};
