import { join } from 'node:path';
import { GROUPS } from './groups.ts';
import { HELP, readArguments } from './harness/arguments.ts';
import { bench } from './harness/bench.ts';

// `npm run bench`: measures what the design promises in numbers. bench/README.md says how to read it.

const nameWidth = Math.max(...GROUPS.map(({ name }) => name.length));
const listed = GROUPS.map(({ name, says }) => `${name.padEnd(nameWidth)}  ${says}`).join('\n');

/** Ctrl-C: the first ends the group that runs, and with it all that it started. */
const interrupted = (): AbortSignal => {
  const controller = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => controller.abort());
  return controller.signal;
};

const reading = readArguments(
  process.argv.slice(2),
  GROUPS.map(({ name }) => name),
);

switch (reading.kind) {
  case 'help':
    console.log(HELP);
    break;
  case 'list':
    console.log(listed);
    break;
  case 'refused':
    console.error(reading.why);
    process.exitCode = 1;
    break;
  case 'run': {
    const { asked } = reading;
    const groups = GROUPS.filter(({ name }) => asked.groups.length === 0 || asked.groups.includes(name));
    process.exitCode = await bench({
      asked,
      groups,
      root: join(import.meta.dirname, '..', '..'),
      signal: interrupted(),
    });
  }
}
