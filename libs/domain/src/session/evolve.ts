import { formatTarget, parentTarget } from '@cordboard/kernel';
import {
  afterCallWorkBegan,
  afterCallWorkEnded,
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
import { entryOut } from '../interaction/hold-back-state.ts';
import { evolveInteraction } from '../interaction/interaction-state.ts';
import { withoutObject } from '../objects.ts';
import { evolveLink } from '../reconcile/evolve-link.ts';
import { type SessionEvent } from '../session-event.ts';
import { deferFact, releaseFacts } from './deferral.ts';
import { switchAnswered, switchRequested } from './request-state.ts';
import {
  adapterAssigned,
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
      return channelInitialized(state, path);
    case 'ChannelGroupDisposed':
    case 'ChannelDisposed':
    case 'InteractionDisposed':
      return withoutObject(state, path);
    case 'ConversationDisposed': {
      const parent = formatTarget(parentTarget(event.target));
      return entryOut(withoutObject(state, path), parent, path, { gone: true });
    }
    default:
      return event.type.startsWith('Interaction')
        ? evolveInteraction(state, event as Of<'Interaction'>)
        : evolveConversation(state, event as Of<'Conversation'>);
  }
};

const folded = (state: SessionState, event: SessionEvent): SessionState => {
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
      return adapterAssigned(state, event.data);
    case 'AdapterLost':
    case 'ReconcileBegan':
    case 'Reconciled':
    case 'ReconcileEnded':
      return evolveLink(state, event);
    case 'SwitchRequested':
      return switchRequested(state, event.data);
    case 'SwitchAnswered':
      return switchAnswered(state, event.data);
    case 'SwitchFactDeferred':
      return deferFact(state, event.data.fact);
    case 'SessionStarted':
      return { ...state, phase: 'INITIALIZING' };
    case 'SessionInitialized':
      return { ...state, phase: 'STARTED' };
    case 'LogOutBegan':
      return logOutBegan(state, event.data);
    case 'LogOutFailed':
      return logOutFailed(state, event.data);
    case 'AddressBookFollowed':
      return { ...state, followsAddressBook: event.data.realtime };
    case 'AgentLegConnected':
      return { ...state, legConnected: true };
    case 'AgentLegDisconnected':
    case 'AgentLegFailed':
      return { ...state, legConnected: false };
    case 'NotReadyReasonsUpdated':
    case 'LogoutReasonsUpdated':
    case 'AddressBookUpdated':
    case 'DispositionsUpdated':
      return state;
    case 'AfterCallWorkBegan':
      return afterCallWorkBegan(state, formatTarget(event.target), event.data);
    case 'AfterCallWorkEnded':
      return afterCallWorkEnded(state, formatTarget(event.target));
    case 'SessionClosed':
      return closed(state);
    default:
      return evolveObject(state, event);
  }
};

/**
 * Folds one event; total over every type, and it never asks whether the event should have happened. Facts that
 * waited for it no longer wait; whoever emitted the event applies them.
 */
export const evolve = (state: SessionState, event: SessionEvent): SessionState =>
  releaseFacts(folded(state, event));
