import { CHANNEL_WORDS } from './channel-words.ts';
import { CONVERSATION_WORDS } from './conversation-words.ts';
import { INTERACTION_WORDS } from './interaction-words.ts';
import { SESSION_WORDS } from './session-words.ts';
import { type Words } from './word.ts';

/** Every word that stands for commands. */
export const WORDS: Words = {
  ...CHANNEL_WORDS,
  ...CONVERSATION_WORDS,
  ...INTERACTION_WORDS,
  ...SESSION_WORDS,
};

const LOCAL = [
  ['state', 'show everything as it is now'],
  ['wait <seconds>', 'do nothing for a while, for scripts'],
  ['quit', 'leave; the session goes on for a while'],
  ['help', 'this'],
] as const;

const WIDTH = 24;

/** A usage that is too long for its column has a line to itself. */
const row = (usage: string, help: string): string =>
  usage.length < WIDTH ? `  ${usage.padEnd(WIDTH)} ${help}` : `  ${usage}\n  ${''.padEnd(WIDTH)} ${help}`;

/** What there is to type. */
export const helpText = (): string =>
  [
    ...Object.values(WORDS).map(({ usage, help }) => row(usage, help)),
    ...LOCAL.map(([usage, help]) => row(usage, help)),
    '',
    '  A word acts on what is in focus. Where several things are possible, add @ and the end of an id,',
    '  a type or a role: ready @chat, release @consult, complete @350000.',
  ].join('\n');
