import { parseArgs } from 'node:util';
import { faultNamed } from './faults/kinds.ts';
import { runSeed } from './run.ts';

// One process of `npm run simulate`: runs its share of the seeds and writes one line of JSON for each.
const { values } = parseArgs({
  options: {
    from: { type: 'string', default: '1' },
    seeds: { type: 'string', default: '100' },
    stride: { type: 'string', default: '1' },
    commands: { type: 'string', default: '100' },
    ms: { type: 'string', default: '0' },
    bug: { type: 'string' },
    only: { type: 'string' },
    trace: { type: 'boolean', default: false },
  },
});

const [from, seeds, stride, commands, limitMs] = [
  values.from,
  values.seeds,
  values.stride,
  values.commands,
  values.ms,
].map(Number) as [number, number, number, number, number];
const began = performance.now();
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const bug = values.bug === undefined ? null : (await import('./bugs/bugs.ts')).bugNamed(values.bug);

const only = values.only?.split(',').map(faultNamed);

let seed = from;
process.on('unhandledRejection', (error) => {
  say(JSON.stringify({ seed, broken: String((error as Error).stack) }));
  process.exit(1);
});
for (; seed < from + seeds; seed += stride) {
  if (limitMs > 0 && performance.now() - began > limitMs) break;
  const report = await runSeed({
    seed,
    commands,
    spoilt: bug?.spoilt,
    faults: only ?? bug?.faults,
    trace: values.trace ? say : undefined,
    onStory: values.trace ? (lines) => lines.forEach(say) : undefined,
  });
  say(JSON.stringify(report));
}
