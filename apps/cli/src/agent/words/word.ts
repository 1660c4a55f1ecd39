import { type CommandName } from '@cordboard/agent-protocol';
import { type SessionModel } from '@cordboard/client';
import { type JsonObject } from '@cordboard/kernel';

/** One command that a line stands for. Its name says on what kind of object it acts. */
export interface Wish {
  readonly command: CommandName;
  readonly data?: JsonObject | undefined;
  /** States of the object that is meant, where others would take the command, too. */
  readonly prefers?: readonly string[] | undefined;
  /** Only channels of this type are meant. */
  readonly type?: string | undefined;
  /** Needs an active channel; one that is not is activated first. */
  readonly loggedIn?: true | undefined;
  /** What to do instead when nothing can take it. */
  readonly otherwise?: string | undefined;
  /** What the agent gets to see of the answer; nothing when absent. */
  readonly show?: ((data: JsonObject) => string) | undefined;
}

/** A word that an agent types, with what may follow it. */
export interface Word {
  readonly usage: string;
  readonly help: string;
  /** What the words behind it ask for; null when they do not fit the usage. */
  readonly read: (args: readonly string[], model: SessionModel) => readonly Wish[] | null;
}

export type Words = Readonly<Record<string, Word>>;

/** A word with nothing behind it. */
export const bare = (usage: string, wish: Wish, help: string): Word => ({
  usage,
  help,
  read: (args) => (args.length === 0 ? [wish] : null),
});

/** A word with a text behind it, of one word or more. */
export const withText = (usage: string, wish: (text: string) => Wish, help: string): Word => ({
  usage,
  help,
  read: (args) => (args.length === 0 ? null : [wish(args.join(' '))]),
});
