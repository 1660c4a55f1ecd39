/** What is told to whoever started us: whole lines, and steps with the time that they took. */
export interface Terminal {
  readonly say: (line: string) => void;
  /** Runs one step: its label at once, the time taken when done. */
  readonly step: <T>(label: string, task: () => Promise<T>) => Promise<T>;
}

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;

/** `now` in ms; `write` takes text without adding a line end. */
export const createTerminal = (write: (text: string) => void, now: () => number): Terminal => {
  let last = '';
  const breakLine = (): void => {
    if (last !== '') write('\n');
    last = '';
  };
  const finish = (label: string, words: string): void => {
    if (last === label) write(` ${words}\n`);
    else {
      breakLine();
      write(`  ${label} ${words}\n`);
    }
    last = '';
  };
  return {
    say: (line) => {
      breakLine();
      write(`${line}\n`);
    },
    step: async (label, task) => {
      const startedAt = now();
      breakLine();
      write(`  ${label}`);
      last = label;
      try {
        const value = await task();
        finish(label, seconds(now() - startedAt));
        return value;
      } catch (error) {
        finish(label, `failed after ${seconds(now() - startedAt)}`);
        throw error;
      }
    },
  };
};
