import { formatTarget } from '@cordboard/kernel';
import {
  channelCreated,
  channelInfoChanged,
  channelInitialized,
  channelStateUpdated,
} from '../channel/channel-state.ts';
import {
  channelGroupCreated,
  channelGroupInitialized,
  channelGroupStateUpdated,
} from '../channel-group/channel-group-state.ts';
import { evolveConversation } from '../conversation/conversation-state.ts';
import { evolveInteraction } from '../interaction/interaction-state.ts';
import { withoutObject } from '../objects.ts';
import { type SessionEvent } from '../session-event.ts';
import { deferFact, releaseFacts } from './deferral.ts';
import { switchAnswered, switchRequested } from './request-state.ts';
import {
  clientBound,
  clientUnbound,
  closed,
  commandAccepted,
  commandCompleted,
  logOutBegan,
  logOutFailed,
  prepared,
  sessionLapsed,
} from './session-changes.ts';
import { type SessionState } from './session-state.ts';

type Of<Prefix extends string> = Extract<SessionEvent, { type: `${Prefix}${string}` }>;
type OfObject = Of<'Channel'> | Of<'Interaction'> | Of<'Conversation'>;

const evolveObject = (state: SessionState, event: OfObject): SessionState => {
  const path = formatTarget(event.target);
  switch (event.type) {
    case 'ChannelGroupCreated':
      return channelGroupCreated(state, event);
    case 'ChannelGroupStateUpdated':
      return channelGroupStateUpdated(state, path, event.data);
    case 'ChannelGroupInitialized':
      return channelGroupInitialized(state, path);
    case 'ChannelCreated':
      return channelCreated(state, event);
    case 'ChannelInfoChanged':
      return channelInfoChanged(state, path, event.data);
    case 'ChannelStateUpdated':
      return channelStateUpdated(state, path, event.data);
    case 'ChannelInitialized':
      return releaseFacts(channelInitialized(state, path));
    case 'InteractionInitialized':
      return releaseFacts(evolveInteraction(state, event));
    case 'ConversationInitialized':
      return releaseFacts(evolveConversation(state, event));
    case 'ChannelGroupDisposed':
    case 'ChannelDisposed':
    case 'InteractionDisposed':
    case 'ConversationDisposed':
      return withoutObject(state, path);
    default:
      return event.type.startsWith('Interaction')
        ? evolveInteraction(state, event as Of<'Interaction'>)
        : evolveConversation(state, event as Of<'Conversation'>);
  }
};

/** Folds one event; total over every type, and it never asks whether the event should have happened. */
export const evolve = (state: SessionState, event: SessionEvent): SessionState => {
  switch (event.type) {
    case 'SessionPrepared':
      return prepared(event.data);
    case 'OwnershipClaimed':
      return { ...state, owner: event.data };
    case 'ClientBound':
      return clientBound(state, event.data);
    case 'ClientUnbound':
      return clientUnbound(state, event.data);
    case 'SessionLapsed':
      return sessionLapsed(state);
    case 'CommandAccepted':
      return commandAccepted(state, event.data);
    case 'CommandCompleted':
      return commandCompleted(state, event.data);
    case 'AdapterAssigned':
      return { ...state, adapter: event.data };
    case 'SwitchRequested':
      return switchRequested(state, event.data);
    case 'SwitchAnswered':
      return switchAnswered(state, event.data);
    case 'SwitchFactDeferred':
      return deferFact(state, event.data.fact);
    case 'SessionStarted':
      return releaseFacts({ ...state, phase: 'INITIALIZING' });
    case 'SessionInitialized':
      return { ...state, phase: 'STARTED' };
    case 'LogOutBegan':
      return logOutBegan(state, event.data);
    case 'LogOutFailed':
      return releaseFacts(logOutFailed(state, event.data));
    case 'NotReadyReasonsUpdated':
    case 'LogoutReasonsUpdated':
    case 'AgentLegConnected':
    case 'AgentLegDisconnected':
    case 'AgentLegFailed':
    case 'AddressBookUpdated':
    case 'DispositionsUpdated':
    case 'AddressBookFollowed':
    case 'AfterCallWorkBegan':
    case 'AfterCallWorkEnded':
      return state;
    case 'SessionClosed':
      return closed(state);
    default:
      return evolveObject(state, event);
  }
};
