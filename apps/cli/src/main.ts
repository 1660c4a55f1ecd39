import { SetupError } from '@cordboard/embedded';
import { CommanderError } from 'commander';
import { createProgram } from './program.ts';

// A closed terminal or pipe is no reason to die half way through a stop.
process.stdout.on('error', () => undefined);
process.stderr.on('error', () => undefined);

const explain = (error: unknown): string => {
  if (error instanceof SetupError) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
};

try {
  await createProgram().parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode;
  } else {
    console.error(explain(error));
    process.exitCode = 1;
  }
}
