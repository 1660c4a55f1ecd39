import { FAULTS, faultsNamed } from './faults/faults.ts';
import { table } from './report.ts';
import { chaos } from './run.ts';

// `npm run chaos`: faults on real processes under load, and what three independent records say afterwards.

const HELP = `npm run chaos [-- options]
  --seed N        the same faults at the same moments as before (default: drawn)
  --only a,b      these faults, or all whose names begin so
  --minutes M     again and again for so long; once through when left out
  --agents N      agents at work (default 24)
  --browsers N    browsers that resume at once in resume-storm (default 2000)
  --patience N    how much longer faults may last, 1 to 10 (default 1)
  --list          names the faults
  --json          the report for programs
  --help          this`;

const words = process.argv.slice(2);
const valueOf = (name: string): string | undefined => {
  const at = words.indexOf(`--${name}`);
  return at < 0 ? undefined : (words[at + 1] ?? '');
};

const number = (name: string, usual: number, most: number): number => {
  const text = valueOf(name);
  if (text === undefined) return usual;
  const value = Number(text);
  if (text === '' || !(value >= 0 && value <= most))
    throw new Error(`--${name} is ${text}: say a number up to ${most}.`);
  return value;
};

const run = async (): Promise<void> => {
  const only = valueOf('only');
  const minutes = number('minutes', 0, 24 * 60);
  const say = (line: string): void => console.error(`  ${new Date().toISOString().slice(11, 19)} ${line}`);
  const faults = only === undefined ? FAULTS : faultsNamed(only.split(','));
  const report = await chaos({
    seed: number('seed', Date.now() % 1_000_000, 4_294_967_295),
    faults,
    agents: number('agents', 24, 1_000),
    browsers: faults.some(({ name }) => name === 'resume-storm') ? number('browsers', 2_000, 15_000) : 0,
    workers: 2,
    paceMs: 300,
    restMs: 2_000,
    patience: Math.max(1, number('patience', 1, 10)),
    until: minutes === 0 ? undefined : Date.now() + minutes * 60_000,
    say,
  });
  if (words.includes('--json')) console.log(JSON.stringify(report));
  else console.log(table(report));
  if (report.violations.length > 0 || report.faults.some(({ trouble }) => trouble !== null))
    process.exitCode = 1;
};

if (words.includes('--help')) console.log(HELP);
else if (words.includes('--list'))
  for (const { name, about } of FAULTS) console.log(`${name.padEnd(30)} ${about}`);
else
  await run().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  });
