// `npm run nightly`: what takes too long for `npm test`; `-- --only simulate,chaos,deep` takes some of it,
// `-- --seed N` repeats the faults of an earlier night.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { root } from './prepare.mjs';

const MINUTE_MS = 60_000;
const GRACE_MS = 60_000;

const words = process.argv.slice(2);
const valueOf = (name) => words[words.indexOf(`--${name}`) + 1];
const seed = words.includes('--seed') ? valueOf('seed') : String(Date.now() % 1_000_000);

const CHAOS = [
  '--seed',
  seed,
  '--agents',
  '48',
  '--browsers',
  '10000',
  '--patience',
  '10',
  '--minutes',
  '120',
];

/** Each with the longest that it may take. */
const STEPS = [
  { name: 'simulate', args: ['simulate.mjs', '--seeds', '10000', '--commands', '100'], minutes: 180 },
  { name: 'chaos', args: ['chaos.mjs', ...CHAOS], minutes: 240 },
  { name: 'deep', args: ['check-deep.mjs'], minutes: 240 },
];

const asked = words.includes('--only') ? valueOf('only').split(',') : STEPS.map(({ name }) => name);
const unknown = asked.filter((one) => !STEPS.some(({ name }) => name === one));
if (unknown.length > 0) {
  console.error(`There is no step ${unknown.join(', ')}: say ${STEPS.map(({ name }) => name).join(', ')}.`);
  process.exit(1);
}

/** Settles with how it ended. What takes too long is asked to end in order, then ended. */
const run = ({ args: [script, ...rest], minutes }) =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, [join(root, 'tools', script), ...rest], {
      cwd: root,
      stdio: 'inherit',
    });
    let late = false;
    const limit = setTimeout(() => {
      late = true;
      child.kill('SIGTERM');
      setTimeout(() => child.kill('SIGKILL'), GRACE_MS).unref();
    }, minutes * MINUTE_MS);
    child.once('exit', (code) => {
      clearTimeout(limit);
      resolve(late ? `not done after ${minutes} minutes` : code === 0 ? 'good' : `failed (${code})`);
    });
  });

const outcomes = [];
for (const step of STEPS.filter(({ name }) => asked.includes(name))) {
  const since = Date.now();
  console.log(`\n${step.name}: begins at ${new Date(since).toISOString()}, seed ${seed}`);
  const outcome = await run(step);
  outcomes.push({
    outcome,
    line: `${step.name.padEnd(10)} ${outcome}, ${Math.round((Date.now() - since) / 1000)} s`,
  });
}
console.log(['', ...outcomes.map(({ line }) => line)].join('\n'));
if (outcomes.some(({ outcome }) => outcome !== 'good')) process.exitCode = 1;
