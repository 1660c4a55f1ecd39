import { formatTarget, parentTarget } from '@cordboard/kernel';
import { type ConversationCommand } from '../command.ts';
import { knownConversation } from '../objects.ts';
import { complete, SUCCESS } from '../session/commands-under-way.ts';
import { ask, type Draft } from '../session/draft.ts';
import { type SessionState } from '../session/session-state.ts';
import { type SwitchRequest } from '../switch-request.ts';
import { type KnownConversation } from './conversation.ts';
import { isReleasedByReject } from './conversation-refusal.ts';

/** Whether the leg stands as wished, and was not asked to become something else meanwhile. */
const isAlready = (conversation: KnownConversation | undefined, wish: KnownConversation['wished']): boolean =>
  conversation?.state === wish && (conversation?.wished ?? wish) === wish;

/** What the switch is asked for a command; null when the wish is fulfilled already (agent protocol D5). */
const requestOf = (state: SessionState, command: ConversationCommand): SwitchRequest | null => {
  const { type, target } = command;
  const conversation = knownConversation(state, formatTarget(target));
  switch (type) {
    case 'AnswerConversation':
      return { type: 'AcceptInteraction', target: parentTarget(target) };
    case 'ReleaseConversation': {
      const rejects = conversation !== undefined && isReleasedByReject(state, conversation);
      return rejects ? { type: 'RejectInteraction', target: parentTarget(target) } : command;
    }
    case 'HoldConversation':
      return isAlready(conversation, 'HELD') ? null : command;
    case 'RetrieveConversation':
      return isAlready(conversation, 'TALKING') ? null : command;
    case 'MuteConversation':
      return isAlready(conversation, 'MUTE') ? null : command;
    case 'UnmuteConversation':
      return isAlready(conversation, 'TALKING') ? null : command;
    default:
      return command;
  }
};

/** Begins what a command on a conversation asks for, once it is accepted (agent protocol B5). */
export const carryOutOnConversation = (
  draft: Draft,
  command: ConversationCommand,
  commandId: string,
): void => {
  const request = requestOf(draft.state(), command);
  if (request === null) complete(draft, commandId, SUCCESS);
  else ask(draft, request, commandId);
};
