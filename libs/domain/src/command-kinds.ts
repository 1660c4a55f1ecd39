import { type ObjectKind } from '@cordboard/kernel';
import {
  type ChannelCommand,
  type Command,
  type CommandType,
  type ConversationCommand,
  type GroupCommand,
  type InteractionCommand,
  type SessionCommand,
} from './command.ts';

interface ByKind {
  readonly session: SessionCommand;
  readonly channelgroup: GroupCommand;
  readonly channel: ChannelCommand;
  readonly interaction: InteractionCommand;
  readonly conversation: ConversationCommand;
}

const KINDS = {
  StartSession: 'session',
  LogOut: 'session',
  AddChannel: 'session',
  RemoveChannel: 'session',
  AddChannelGroup: 'session',
  RemoveChannelGroup: 'session',
  GetDirectory: 'session',
  GetNotReadyReasons: 'session',
  GetLogoutReasons: 'session',
  ConnectAgentLeg: 'session',
  DisconnectAgentLeg: 'session',
  GetAddressBook: 'session',
  StopAddressBook: 'session',
  ActivateAll: 'channelgroup',
  DeactivateAll: 'channelgroup',
  ActivateChannel: 'channel',
  DeactivateChannel: 'channel',
  MakeReady: 'channel',
  MakeNotReady: 'channel',
  Dial: 'channel',
  GetDispositions: 'channel',
  GetScripts: 'channel',
  AcceptInteraction: 'interaction',
  RejectInteraction: 'interaction',
  SetInteractionData: 'interaction',
  SetDisposition: 'interaction',
  CompleteInteraction: 'interaction',
  Consult: 'interaction',
  Alternate: 'interaction',
  ConsultTransfer: 'interaction',
  ConsultConference: 'interaction',
  SendSignal: 'interaction',
  AnswerConversation: 'conversation',
  ReleaseConversation: 'conversation',
  HoldConversation: 'conversation',
  RetrieveConversation: 'conversation',
  MuteConversation: 'conversation',
  UnmuteConversation: 'conversation',
  SendDtmf: 'conversation',
  BlindTransfer: 'conversation',
  BlindConference: 'conversation',
  RemoveParty: 'conversation',
} as const satisfies Readonly<Record<CommandType, ObjectKind>>;

/** The kind of object that each command acts on. */
export const commandKind = (type: CommandType): ObjectKind => KINDS[type];

export const COMMAND_TYPES = Object.keys(KINDS) as readonly CommandType[];

export const isOn = <Kind extends ObjectKind>(kind: Kind, command: Command): command is ByKind[Kind] =>
  KINDS[command.type] === kind;
