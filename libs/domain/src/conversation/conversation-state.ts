import { formatTarget, parentTarget } from '@cordboard/kernel';
import { entryOut } from '../interaction/hold-back-state.ts';
import { childTarget, knownConversation } from '../objects.ts';
import { isKnown, replaceAt } from '../placed.ts';
import { type SessionEvent } from '../session-event.ts';
import { type SessionState } from '../session/session-state.ts';
import { type Conversation, isConnected, type KnownConversation } from './conversation.ts';

type ConversationEvent = Extract<SessionEvent, { type: `Conversation${string}` }>;
type Created = Extract<SessionEvent, { type: 'ConversationCreated' }>;

const opened = (conversation: Conversation): Conversation => {
  if (conversation.stage !== 'READ') return conversation;
  const { reading, ...rest } = conversation;
  return {
    ...rest,
    stage: 'OPEN',
    state: reading.state,
    members: [],
    started: isConnected(reading.state),
    transferring: false,
    conferencing: false,
    wished: null,
  };
};

const changed = (
  conversation: KnownConversation,
  event: Exclude<ConversationEvent, Created>,
): KnownConversation => {
  switch (event.type) {
    case 'ConversationStateUpdated':
      return {
        ...conversation,
        state: event.data.state,
        wished: null,
        // A connection that nobody announced has begun all the same (bridge D.3).
        started: conversation.started || isConnected(event.data.state),
      };
    case 'ConversationMemberAdded':
      return {
        ...conversation,
        members: [...conversation.members, event.data.member],
        conferencing: false,
      };
    case 'ConversationMemberRenamed': {
      const { member } = event.data;
      const members = conversation.members.map((one) => (one.number === member.number ? member : one));
      return { ...conversation, members };
    }
    case 'ConversationMemberRemoved': {
      const { number } = event.data.member;
      return { ...conversation, members: conversation.members.filter((one) => one.number !== number) };
    }
    case 'ConversationInitialized':
      return { ...conversation, stage: 'LIVE' };
    case 'ConversationStarted':
      return { ...conversation, started: true };
    case 'ConversationTransferFailed':
      return { ...conversation, transferring: false };
    case 'ConversationConferenceFailed':
      return { ...conversation, conferencing: false };
    case 'ConversationBusy':
    case 'ConversationFailed':
    case 'ConversationDisposed':
      return conversation;
  }
};

/** The first leg has the focus without a word (bridge D.3). */
const focused = (state: SessionState, event: ConversationEvent): SessionState => {
  const conversation = knownConversation(state, formatTarget(event.target));
  if (conversation?.role !== 'primary') return state;
  const id = event.target.conversation ?? null;
  return {
    ...state,
    interactions: replaceAt(state.interactions, formatTarget(parentTarget(event.target)), (node) =>
      isKnown(node) ? { ...node, focus: node.focus ?? id } : node,
    ),
  };
};

/** Folds everything that is said about a conversation, but for its disposal. */
export const evolveConversation = (state: SessionState, event: ConversationEvent): SessionState => {
  if (event.type === 'ConversationCreated') {
    const path = formatTarget(childTarget('conversation', event.target, event.data.conversation.id));
    return { ...state, conversations: replaceAt(state.conversations, path, opened) };
  }
  const path = formatTarget(event.target);
  const conversations = replaceAt(state.conversations, path, (node) =>
    isKnown(node) ? changed(node, event) : node,
  );
  const after = { ...state, conversations };
  switch (event.type) {
    case 'ConversationInitialized':
      return focused(after, event);
    case 'ConversationStateUpdated':
      return entryOut(after, formatTarget(parentTarget(event.target)), path, { gone: false });
    default:
      return after;
  }
};

/** Something is asked for this leg, or came to nothing. */
export const legAsked = (
  state: SessionState,
  path: string,
  what: Partial<Pick<KnownConversation, 'transferring' | 'conferencing' | 'wished'>>,
): SessionState => ({
  ...state,
  conversations: replaceAt(state.conversations, path, (node) =>
    isKnown(node) ? { ...node, ...what } : node,
  ),
});
