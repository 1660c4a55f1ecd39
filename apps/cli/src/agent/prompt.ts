import { createInterface } from 'node:readline';

/** Lines typed or piped in, and a place to print between them without tearing what is being typed. */
export interface Prompt {
  readonly lines: AsyncIterable<string>;
  readonly say: (text: string) => void;
  readonly close: () => void;
}

const PROMPT = '> ';

export const openPrompt = (): Prompt => {
  const interactive = process.stdin.isTTY && process.stdout.isTTY;
  const reader = createInterface({
    input: process.stdin,
    ...(interactive ? { output: process.stdout, prompt: PROMPT } : {}),
  });
  reader.on('SIGINT', () => reader.close());
  const show = (): void => {
    if (interactive) reader.prompt(true);
  };
  // Taken now: lines that come in while the session is being prepared would be lost otherwise.
  const typed = reader[Symbol.asyncIterator]();
  return {
    lines: (async function* () {
      show();
      for await (const line of { [Symbol.asyncIterator]: () => typed }) {
        yield line;
        show();
      }
    })(),
    say: (text) => {
      if (interactive) process.stdout.write('\r\u001b[K');
      process.stdout.write(`${text}\n`);
      show();
    },
    close: () => {
      reader.close();
      process.stdin.unref();
    },
  };
};
