import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { eventually } from '@cordboard/testing';

/** The `cordboard` command as a process of its own. */
export interface RunningCommand {
  readonly pid: number;
  /** Everything that it wrote so far, on both streams. */
  readonly output: () => string;
  /** Settles when it has said so. */
  readonly says: (words: string | RegExp, timeoutMs?: number) => Promise<void>;
  readonly signal: (signal: NodeJS.Signals) => void;
  /** Its exit code, or the signal that ended it. */
  readonly ended: () => Promise<number | string>;
}

const CLI = join(process.cwd(), 'apps', 'cli', 'bin', 'cordboard.mjs');

const outcomeOf = async (child: ChildProcess): Promise<number | string> => {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'close');
  return child.exitCode ?? child.signalCode ?? 'nothing';
};

/** Starts the built command with `args`; lines of `input` are piped in, then the pipe is closed. */
export const runCommand = (
  env: Readonly<Record<string, string>>,
  args: readonly string[],
  input: readonly string[] = [],
): RunningCommand => {
  const child = spawn(process.execPath, [CLI, ...args], { env: { ...process.env, ...env }, stdio: 'pipe' });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  child.stdin.end(input.map((line) => `${line}\n`).join(''));
  const ended = outcomeOf(child);
  return {
    pid: child.pid ?? 0,
    output: () => output,
    says: async (words, timeoutMs = 60_000) => {
      const heard = (): boolean => (typeof words === 'string' ? output.includes(words) : words.test(output));
      await eventually(heard, { timeoutMs }).catch(() => {
        throw new Error(`it did not say ${String(words)}, but:\n${output}`);
      });
    },
    signal: (signal) => {
      child.kill(signal);
    },
    ended: () => ended,
  };
};
