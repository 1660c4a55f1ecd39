import { readFileSync } from 'node:fs';
import { type JsonObject, type ObjectKind } from '@cordboard/kernel';
import { type CommandName } from '../catalogue/commands.ts';
import { type EventName } from '../catalogue/events.ts';
import { type ServiceCommandName } from '../catalogue/service-commands.ts';
import { type FailureCode } from '../failure-code.ts';

/** One field of a command's `data`. */
export interface WrittenField {
  /** Dotted; `[]` stands for each entry of a list. A field below another is required as soon as that is there. */
  readonly path: string;
  /** Other spellings of the whole path. */
  readonly aliases?: readonly string[];
  /** What JSON types are taken; every other one is `INVALID_DATA`. Null counts as absent. */
  readonly types: readonly ('string' | 'number' | 'boolean' | 'object' | 'array')[];
  readonly required: boolean;
  /** What an absent one stands for. */
  readonly default?: string | boolean;
  /** Characters of a text, of each text where several are taken. */
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly rule: string;
}

/** An event that follows a command's success; the list is in order, others may stand between. */
export interface WrittenFollower {
  readonly event: EventName;
  /** What it is about, where the name leaves that open; `original` and `consult` are the two call legs. */
  readonly of?: ObjectKind | 'original' | 'consult';
  /** Once for each channel concerned. */
  readonly each?: true;
  /** Only then; without it always. */
  readonly when?: string;
}

interface WrittenRequest {
  readonly does: string;
  readonly data: readonly WrittenField[];
  /** A `data` with every field, as documentation shows it. */
  readonly example: JsonObject;
  readonly failures: readonly FailureCode[];
  /** JSON Schema of the success's `data` where the command makes its own. */
  readonly answer?: JsonObject;
}

/** One command on an object of a session. */
export interface WrittenCommand extends WrittenRequest {
  readonly name: CommandName;
  readonly kind: ObjectKind;
  readonly aliases: readonly string[];
  /** Shapes of its target: ids by their initials, parted by dots. */
  readonly targets: readonly string[];
  /** What the switch must be able to do; without it the command is `NOT_SUPPORTED`. */
  readonly capability: string | null;
  /** A configured list will do where the switch lacks the capability. */
  readonly orConfigured?: true;
  /** Names of preconditions, in the order in which they are looked at. */
  readonly preconditions: readonly string[];
  /** The `data` of its success: none, the request's, `{}`, or its own `answer`. */
  readonly success: 'none' | 'echo' | 'empty' | 'own';
  /** Its events come before its answer. */
  readonly answersLast?: true;
  /** The third outcome: a question to the agent. */
  readonly needinfo?: { readonly id: string; readonly when: string; readonly uiExtension: JsonObject };
  /** What is announced before the first of `events`. */
  readonly recovery?: string;
  /** What a repeat of the same wish does. */
  readonly again?: string;
  readonly events: readonly WrittenFollower[];
}

/** One command of the WebSocket profile. */
export interface WrittenServiceCommand extends WrittenRequest {
  readonly name: ServiceCommandName;
  readonly target: 'session' | 'none';
  readonly answer: JsonObject;
  /** When the answer is a question instead. */
  readonly confirm?: string;
}

/** One object event. */
export interface WrittenEvent {
  readonly name: EventName;
  readonly aliases: readonly string[];
  readonly targets: readonly string[];
  readonly says: string;
  /** Sent live only, outside the stream of sequences. */
  readonly passing?: true;
  /** JSON Schema of its `data`, with references into `$defs`. */
  readonly data: JsonObject;
}

/** A frame that the WebSocket profile adds; `frame` is its JSON Schema. */
export interface WrittenMessage {
  readonly name: string;
  readonly messageType: string;
  readonly says: string;
  readonly frame: JsonObject;
}

interface WrittenCatalogue {
  readonly version: number;
  readonly targets: Readonly<Record<ObjectKind, readonly string[]>>;
  /** What every command demands, beside its own preconditions. */
  readonly generalPreconditions: readonly string[];
  /** What every command can fail with, beside its own codes. */
  readonly generalFailures: readonly FailureCode[];
  readonly preconditions: Readonly<Record<string, { readonly rule: string; readonly failure: FailureCode }>>;
  readonly commands: readonly WrittenCommand[];
  readonly serviceCommands: readonly WrittenServiceCommand[];
  readonly events: readonly WrittenEvent[];
  readonly profileMessages: readonly WrittenMessage[];
  readonly $defs: Readonly<Record<string, JsonObject>>;
}

/** The whole protocol as data, from `catalogue.json` of this package. For programs on Node, never for browsers. */
export const CATALOGUE = JSON.parse(
  readFileSync(new URL('../../catalogue.json', import.meta.url), 'utf8'),
) as WrittenCatalogue;

/** A schema of the catalogue that stands by itself: what it refers to comes with it. */
export const wholeSchema = (schema: JsonObject): JsonObject => ({ ...schema, $defs: CATALOGUE.$defs });
