import { type SessionObjectKind } from '@cordboard/client';
import { type JsonObject } from '@cordboard/kernel';

/** A word that an agent types, and the command of the agent protocol that it stands for. */
export interface Verb {
  readonly command: string;
  readonly kind: SessionObjectKind;
  /** Name of the word that has to follow; none when absent. */
  readonly argument?: string | undefined;
  readonly data: (argument: string) => JsonObject;
  /** Needs an active channel; one that is not is activated first. */
  readonly loggedIn?: true | undefined;
  readonly help: string;
}

const plain = (command: string, kind: SessionObjectKind, help: string): Verb => ({
  command,
  kind,
  data: () => ({}),
  help,
});

export const VERBS: Readonly<Record<string, Verb>> = {
  activate: plain('channel.request.activate', 'channel', 'log in on the channel'),
  deactivate: plain('channel.request.deactivate', 'channel', 'log out of the channel'),
  ready: { ...plain('channel.request.ready', 'channel', 'take calls'), loggedIn: true },
  notready: {
    command: 'channel.request.notready',
    kind: 'channel',
    argument: 'reason',
    data: (reasoncode) => ({ reasoncode }),
    help: 'take no calls, for a reason such as acw or 1',
  },
  dial: {
    command: 'channel.request.dial',
    kind: 'channel',
    argument: 'number',
    data: (destination) => ({ destination }),
    loggedIn: true,
    help: 'call a number',
  },
  answer: plain('conversation.request.answer', 'conversation', 'answer the ringing call'),
  hold: plain('conversation.request.hold', 'conversation', 'put the caller on hold'),
  retrieve: plain('conversation.request.retrieve', 'conversation', 'take the caller back'),
  release: plain('conversation.request.release', 'conversation', 'hang up'),
  reject: plain('interaction.request.reject', 'interaction', 'refuse the ringing call'),
  complete: plain('interaction.request.complete', 'interaction', 'finish the work after a call'),
};

const usage = (name: string, { argument }: Verb): string =>
  argument === undefined ? name : `${name} <${argument}>`;

const OTHERS = [
  ['state', 'show everything as it is now'],
  ['wait <seconds>', 'do nothing for a while, for scripts'],
  ['logout', 'end the session'],
  ['quit', 'leave; the session goes on for a while'],
  ['help', 'this'],
] as const;

export const helpText = (): string =>
  [...Object.entries(VERBS).map(([name, verb]) => [usage(name, verb), verb.help] as const), ...OTHERS]
    .map(([words, help]) => `  ${words.padEnd(18)} ${help}`)
    .join('\n');

export const usageOf = (name: string): string => {
  const verb = VERBS[name];
  return verb === undefined ? name : usage(name, verb);
};
