import { type CommandName } from '@cordboard/agent-protocol';
import { type CommandType } from '@cordboard/domain';

/** Newest name on the wire of every command of the domain (agent protocol B). */
export const COMMAND_NAMES = {
  StartSession: 'session.start',
  LogOut: 'session.request.logout',
  AddChannel: 'session.request.addchannel',
  RemoveChannel: 'session.request.removechannel',
  AddChannelGroup: 'session.request.addchannelgroup',
  RemoveChannelGroup: 'session.request.removechannelgroup',
  GetDirectory: 'session.request.getdirectory',
  GetNotReadyReasons: 'session.request.externalnotreadyreasons',
  GetLogoutReasons: 'session.request.externallogoutreasons',
  ConnectAgentLeg: 'session.request.incontact.agentleg.connect',
  DisconnectAgentLeg: 'session.request.incontact.agentleg.disconnect',
  GetAddressBook: 'session.request.incontact.addressbook',
  StopAddressBook: 'session.request.incontact.addressbook.stop',
  ActivateAll: 'channelgroup.request.activateall',
  DeactivateAll: 'channelgroup.request.deactivateall',
  ActivateChannel: 'channel.request.activate',
  DeactivateChannel: 'channel.request.deactivate',
  MakeReady: 'channel.request.ready',
  MakeNotReady: 'channel.request.notready',
  Dial: 'channel.request.dial',
  GetDispositions: 'channel.request.externaldispositions',
  GetScripts: 'channel.request.incontact.getscripts',
  AcceptInteraction: 'interaction.request.accept',
  RejectInteraction: 'interaction.request.reject',
  SetInteractionData: 'interaction.request.setinteractiondata',
  SetDisposition: 'interaction.request.setdisposition',
  CompleteInteraction: 'interaction.request.complete',
  Consult: 'interaction.request.consult',
  Alternate: 'interaction.request.alternate',
  ConsultTransfer: 'interaction.request.consulttransfer',
  ConsultConference: 'interaction.request.consultconference',
  SendSignal: 'interaction.request.incontact.signal',
  AnswerConversation: 'conversation.request.answer',
  ReleaseConversation: 'conversation.request.release',
  HoldConversation: 'conversation.request.hold',
  RetrieveConversation: 'conversation.request.retrieve',
  MuteConversation: 'conversation.request.mute',
  UnmuteConversation: 'conversation.request.unmute',
  SendDtmf: 'conversation.request.senddtmf',
  BlindTransfer: 'conversation.request.blindtransfer',
  BlindConference: 'conversation.request.blindconference',
  RemoveParty: 'conversation.request.removeparty',
} as const satisfies Readonly<Record<CommandType, CommandName>>;

export const wireNameOf = (type: CommandType): CommandName => COMMAND_NAMES[type];

const TYPES = Object.fromEntries(
  Object.entries(COMMAND_NAMES).map(([type, name]) => [name, type]),
) as Readonly<Record<CommandName, CommandType>>;

/** The command of the domain behind a newest name: catalogue and domain have the same ones. */
export const commandTypeOf = (name: CommandName): CommandType => TYPES[name];
