import { type CommandName } from '@cordboard/agent-protocol';
import { type CommandType } from '@cordboard/domain';

const NAMES: Readonly<Record<CommandType, CommandName>> = {
  StartSession: 'session.start',
  LogOut: 'session.request.logout',
  ActivateChannel: 'channel.request.activate',
  DeactivateChannel: 'channel.request.deactivate',
  MakeReady: 'channel.request.ready',
  MakeNotReady: 'channel.request.notready',
  Dial: 'channel.request.dial',
  AcceptInteraction: 'interaction.request.accept',
  RejectInteraction: 'interaction.request.reject',
  CompleteInteraction: 'interaction.request.complete',
  AnswerConversation: 'conversation.request.answer',
  ReleaseConversation: 'conversation.request.release',
  HoldConversation: 'conversation.request.hold',
  RetrieveConversation: 'conversation.request.retrieve',
};

/** Newest name on the wire of a command of the domain (agent protocol B). */
export const wireNameOf = (type: CommandType): CommandName => NAMES[type];

const types = new Map<string, CommandType>(
  Object.entries(NAMES).map(([type, name]) => [name, type as CommandType]),
);

/** The command of the domain behind a newest name, or null for one that is not carried out yet. */
export const commandTypeOf = (canonical: string): CommandType | null => types.get(canonical) ?? null;
