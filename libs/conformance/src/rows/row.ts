import { type CommandName, type FailureCode } from '@cordboard/agent-protocol';
import { type JsonObject } from '@cordboard/kernel';
import { type Expected, type Places } from '../check/event-list.ts';
import { type Stage } from '../desk/stage.ts';

/** One thing that is checked. It raises when the server does something else than the protocol says. */
export interface Check {
  /** The command, event or part of the profile that it is about. */
  readonly row: string;
  readonly check: string;
  /** It cannot be done without somebody who calls, or a phone system that is known. */
  readonly needsCaller: boolean;
  readonly run: (stage: Stage) => Promise<void>;
}

/** Checks that follow one another on one agent. */
export interface CheckGroup {
  readonly name: string;
  readonly checks: readonly Check[];
}

/** Brings an object into the wanted state; gives the paths by role. */
export type Given = (stage: Stage) => Promise<Places>;

type DataOf = JsonObject | ((places: Places, stage: Stage) => JsonObject);

/** A command that has to succeed. */
export interface Success {
  readonly why: string;
  readonly given: Given;
  readonly data?: DataOf;
  /** The role that the command is sent to; the command's own kind when left out. */
  readonly to?: string;
  /** Lists of events, each in order; nothing else may come but what `also` names. */
  readonly lists: readonly (readonly Expected[])[];
  readonly also?: readonly Expected[];
  /** What else has to hold afterwards. */
  readonly then?: (stage: Stage, places: Places, from: number) => Promise<void>;
  readonly needsCaller?: boolean;
}

/** A command that has to be refused, and why. */
export interface Refusal {
  readonly why: string;
  readonly given: Given;
  readonly code: FailureCode;
  /** The precondition of the catalogue that does not hold; none for what the phone system refuses by itself. */
  readonly breaks?: string;
  readonly data?: DataOf;
  readonly to?: string;
  /** It may still be told about: its state came about on the way to the refusal. */
  readonly toldAll?: boolean;
  readonly needsCaller?: boolean;
}

/** Everything that is checked of one command beside what the catalogue alone tells. */
export interface CommandScript {
  readonly command: CommandName;
  /** What is sent where a success or refusal has no data of its own. */
  readonly data?: DataOf;
  /** The role of its target. */
  readonly to: string;
  /** The first is tried under every spelling, and is the one that is recorded. */
  readonly successes: readonly [Success, ...Success[]];
  readonly refusals: readonly Refusal[];
  readonly needsCaller?: boolean;
}

export const dataFor = (data: DataOf | undefined, places: Places, stage: Stage): JsonObject =>
  typeof data === 'function' ? data(places, stage) : (data ?? {});
