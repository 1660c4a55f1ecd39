import { type CommandName, type FailureResponse } from '@cordboard/agent-protocol';
import { type JsonObject } from '@cordboard/kernel';
import { type AddressBook, type DirectoryEntry, type InteractionData, type Script } from './values.ts';

type Nothing = Readonly<Record<string, never>>;

interface Destination {
  /** Number or address, 1 to 128 characters. */
  readonly destination: string;
}

interface KnownObject {
  readonly channel: { readonly id: string };
}

type SignalParameter =
  `p${1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9}` | `p1${0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9}` | 'p20';

/** The `data` of each command that has any (agent protocol B); the others take none. */
interface DataOfCommands {
  readonly 'session.start': {
    /** The agent's telephone; for platforms that cannot tell it from the log-in. */
    readonly extension?: string | undefined;
  };
  readonly 'session.request.logout': {
    /** Code of a logout reason; some platforms demand one. */
    readonly reason?: string | number | undefined;
  };
  readonly 'session.request.addchannel': {
    /** `type`: `Telephony`, `Chat`, `Email` or a custom one; `endpoint`: what the switch calls the channel. */
    readonly channel: { readonly endpoint: string; readonly type: string };
  };
  readonly 'session.request.removechannel': KnownObject;
  readonly 'session.request.addchannelgroup': {
    readonly channelgroup: {
      readonly name: string;
      readonly chat?: boolean | undefined;
      readonly email?: boolean | undefined;
      readonly callback?: boolean | undefined;
    };
  };
  /** The id is the group's; the key is `channel` all the same. */
  readonly 'session.request.removechannelgroup': KnownObject;
  readonly 'session.request.incontact.addressbook': {
    /** Whether changes are told from now on. */
    readonly realtime?: boolean | undefined;
  };
  readonly 'channelgroup.request.activateall': {
    readonly channeloptions?:
      readonly { readonly id: string; readonly queue?: string | undefined }[] | undefined;
  };
  readonly 'channel.request.activate': {
    readonly channeloptions?: { readonly queue?: string | undefined } | undefined;
  };
  readonly 'channel.request.deactivate': {
    /** `queue`: one or several; `reason`: code of a logout reason. */
    readonly channelOptions?:
      | {
          readonly queue?: string | readonly string[] | undefined;
          readonly reason?: string | number | undefined;
        }
      | undefined;
  };
  readonly 'channel.request.notready': {
    /** `acw` for after-call work, else a reason code of the switch. */
    readonly reasoncode: string;
    readonly reasondesc?: string | undefined;
  };
  readonly 'channel.request.dial': Destination & {
    /** For the switch; `skillId` answers the question of a `needinfo`. */
    readonly extensions?: ({ readonly skillId?: string | undefined } & JsonObject) | undefined;
  };
  readonly 'interaction.request.setinteractiondata': {
    readonly key: string;
    readonly value: InteractionData[string];
  };
  readonly 'interaction.request.setdisposition': { readonly disposition: string };
  readonly 'interaction.request.consult': Destination;
  /** Only the parameters that have a value. */
  readonly 'interaction.request.incontact.signal': Readonly<Partial<Record<SignalParameter, string>>>;
  readonly 'conversation.request.senddtmf': {
    /** 1 to 64 of 0-9, * and #. */
    readonly digits: string;
  };
  readonly 'conversation.request.blindtransfer': Destination;
  readonly 'conversation.request.blindconference': Destination;
  readonly 'conversation.request.removeparty': { readonly number: string };
}

/** The `data` of a success where it is not the request's own (agent protocol A3). */
interface AnswersOfCommands {
  readonly 'session.start': undefined;
  readonly 'session.request.logout': undefined;
  readonly 'session.request.getdirectory': { readonly entries: readonly DirectoryEntry[] };
  readonly 'session.request.externalnotreadyreasons': Nothing;
  readonly 'session.request.externallogoutreasons': Nothing;
  readonly 'session.request.incontact.agentleg.connect': Nothing;
  readonly 'session.request.incontact.agentleg.disconnect': Nothing;
  readonly 'session.request.incontact.addressbook': { readonly addressbooks: readonly AddressBook[] };
  readonly 'session.request.incontact.addressbook.stop': Nothing;
  readonly 'channel.request.externaldispositions': Nothing;
  readonly 'channel.request.incontact.getscripts': { readonly scripts: readonly Script[] };
  readonly 'interaction.request.incontact.signal': Nothing;
}

/** What to send with a command. */
export type DataOf<Name extends CommandName> = Name extends keyof DataOfCommands
  ? DataOfCommands[Name]
  : Nothing;

/** What a command's success carries. */
export type AnswerOf<Name extends CommandName> = Name extends keyof AnswersOfCommands
  ? AnswersOfCommands[Name]
  : DataOf<Name>;

interface Answered {
  readonly command: string;
  readonly requestId?: string | undefined;
  readonly target?: string | undefined;
}

/** A question to the agent before a call can go out (agent protocol A5): choose a skill and dial again with it. */
export interface NeedInfo extends Answered {
  readonly result: 'needinfo';
  readonly uiExtension: {
    readonly id: 'inContact.outboundskill';
    readonly skills: readonly { readonly id: string; readonly skillName: string }[];
  };
  readonly original: unknown;
}

/** The third outcome, where a command has one. */
type Question<Name extends CommandName> = Name extends 'channel.request.dial' ? NeedInfo : never;

/** The response to a command. */
export type ResponseOf<Name extends CommandName> =
  | (Answered & { readonly result: 'success'; readonly data: AnswerOf<Name> })
  | FailureResponse
  | Question<Name>;
