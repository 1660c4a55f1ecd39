import { setTimeout as delay } from 'node:timers/promises';
import { type Client } from '@cordboard/client';
import { carryOut } from './carry-out.ts';
import { describeModel } from './describe-object.ts';
import { type Word } from './words/word.ts';
import { helpText, WORDS } from './words/words.ts';

/** Where a line typed leads. */
export type Next = 'go-on' | 'leave';

interface Line {
  readonly name: string;
  readonly args: readonly string[];
  /** What a last word that begins with @ names. */
  readonly wanted: string | undefined;
}

const MAX_WAIT_SECONDS = 3600;

const readLine = (line: string): Line => {
  const [name = '', ...args] = line.trim().split(/\s+/);
  const last = args.at(-1);
  return last !== undefined && /^@./.test(last)
    ? { name, args: args.slice(0, -1), wanted: last.slice(1) }
    : { name, args, wanted: undefined };
};

const wait = async (words: string | undefined): Promise<string> => {
  const seconds = Number(words ?? '1');
  if (!(seconds >= 0 && seconds <= MAX_WAIT_SECONDS))
    return `Say: wait <seconds>, at most ${MAX_WAIT_SECONDS}`;
  await delay(seconds * 1000);
  return '';
};

const LOCAL: Readonly<Record<string, (client: Client, args: readonly string[]) => Promise<string> | string>> =
  {
    state: ({ model }) => describeModel(model),
    help: helpText,
    wait: (_client, [seconds]) => wait(seconds),
  };

const runWord = async (
  client: Client,
  word: Word,
  { name, args, wanted }: Line,
  say: (text: string) => void,
): Promise<Next> => {
  const wishes = word.read(args, client.model);
  if (wishes === null) {
    say(`Say: ${word.usage}`);
    return 'go-on';
  }
  let done = true;
  for (const wish of wishes) {
    const outcome = await carryOut(client, wish, wanted);
    if (outcome.text !== '') say(outcome.text);
    done &&= outcome.done;
  }
  return name === 'logout' && done ? 'leave' : 'go-on';
};

/** Carries out one line; what is to be shown goes to `say`. */
export const runLine = async (client: Client, text: string, say: (text: string) => void): Promise<Next> => {
  const line = readLine(text);
  const { name, args } = line;
  if (name === '') return 'go-on';
  if (name === 'quit') return 'leave';
  if (Object.hasOwn(WORDS, name) && WORDS[name] !== undefined) return runWord(client, WORDS[name], line, say);
  const local = Object.hasOwn(LOCAL, name) ? LOCAL[name] : undefined;
  const answer = local === undefined ? `There is no "${name}"; type help.` : await local(client, args);
  if (answer !== '') say(answer);
  return 'go-on';
};
