// `npm run simulate`: many worlds, each from its own seed, with faults, and a checker that compares what browsers, log
// and switch say afterwards. `--seeds N --from S --commands C --ms LIMIT --only 'worker killed,owner deaf'`; `--seed S --trace` tells one of them whole.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { prepare, root, step } from './prepare.mjs';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '200' },
    from: { type: 'string', default: '1' },
    commands: { type: 'string', default: '100' },
    ms: { type: 'string', default: '0' },
    seed: { type: 'string' },
    bug: { type: 'string' },
    only: { type: 'string' },
    processes: { type: 'string', default: '2' },
    trace: { type: 'boolean', default: false },
  },
});
const one = values.seed !== undefined;
const from = Number(values.seed ?? values.from);
const seeds = one ? 1 : Number(values.seeds);
const processes = one ? 1 : Number(values.processes);

await prepare();
await step('simulation', process.execPath, [
  join(root, 'node_modules', 'typescript', 'bin', 'tsc'),
  '-p',
  join(root, 'test', 'simulation'),
]);

const began = performance.now();
const total = { seeds: 0, commands: 0, events: 0, violations: 0 };
const faults = {};
const failed = [];
let toldAt = began;

const again = (seed) =>
  [
    `npm run simulate -- --seed ${seed} --commands ${values.commands}`,
    ...(values.bug === undefined ? [] : [`--bug ${values.bug}`]),
    ...(values.only === undefined ? [] : [`--only '${values.only}'`]),
    '--trace',
  ].join(' ');

const add = (report) => {
  if (report.broken !== undefined) {
    total.violations += 1;
    failed.push(report.seed);
    console.log(`seed ${report.seed} broke: ${report.broken}\n  again: ${again(report.seed)}`);
    return;
  }
  total.seeds += 1;
  total.commands += report.commands;
  total.events += report.events;
  total.violations += report.violations.length;
  for (const [kind, count] of Object.entries(report.faults)) faults[kind] = (faults[kind] ?? 0) + count;
  if (one) console.log(`seed ${report.seed}: ${report.steps} steps, fingerprint ${report.hash}`);
  if (report.violations.length === 0) return;
  failed.push(report.seed);
  console.log(`seed ${report.seed} failed:`);
  for (const { invariant, what } of report.violations) console.log(`  ${invariant}: ${what}`);
  console.log(`  again: ${again(report.seed)}`);
};

const tell = () => {
  const now = performance.now();
  if (one || now - toldAt < 10_000) return;
  toldAt = now;
  const { seeds: done, commands, violations } = total;
  console.log(`  ${done} of ${seeds} seeds, ${commands} commands, ${violations} violations`);
};

const children = [];
for (const signal of ['SIGINT', 'SIGTERM'])
  process.on(signal, () => children.forEach((child) => child.kill('SIGKILL')));

const run = (index) =>
  new Promise((resolve) => {
    const share = ['--from', from + index, '--seeds', seeds - index, '--stride', processes];
    const given = ['--commands', values.commands, '--ms', values.ms];
    const child = spawn(
      process.execPath,
      [
        join(root, 'test', 'simulation', 'dist', 'test', 'simulation', 'main.js'),
        ...[...share, ...given].map(String),
        ...(values.bug === undefined ? [] : ['--bug', values.bug]),
        ...(values.only === undefined ? [] : ['--only', values.only]),
        ...(values.trace ? ['--trace'] : []),
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    children.push(child);
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (!line.startsWith('{"seed"')) return console.log(line);
      add(JSON.parse(line));
      tell();
    });
    child.once('close', (code, signal) => {
      if (code !== 0) console.log(`process ${index + 1} ended early: ${signal ?? `code ${code}`}`);
      resolve(code ?? 1);
    });
  });

const codes = await Promise.all(Array.from({ length: processes }, (_, index) => run(index)));
const seconds = (performance.now() - began) / 1_000;
const list = Object.entries(faults)
  .sort(([, many], [, few]) => few - many)
  .map(([kind, count]) => `${kind} ${count}`);
const count = list.length === 0 ? 'none' : list.join(', ');
console.log(`faults: ${count}`);
console.log(
  `simulated: ${total.seeds} seeds, ${total.commands} commands, ${total.events} events, ${total.violations} violations in ${seconds.toFixed(0)} s (${(total.commands / seconds).toFixed(0)} commands/s)`,
);
if (failed.length > 0) console.log(`failed seeds: ${failed.slice(0, 20).join(' ')}`);
process.exitCode = failed.length > 0 || codes.some((code) => code !== 0) || total.seeds === 0 ? 1 : 0;
