import { formatTarget } from '@cordboard/kernel';
import { withoutObject } from '../objects.ts';
import { isKnown, replaceAt, type Staged } from '../placed.ts';
import { type EventData } from '../session-event.ts';
import { type SwitchAnswer, type SwitchRequest } from '../switch-request.ts';
import { readingTaken } from './reading-state.ts';
import { register, registered } from './registration-state.ts';
import { type PendingRequest, type SessionState } from './session-state.ts';

type Lists = Pick<SessionState, 'groups' | 'channels' | 'interactions' | 'conversations'>;

const staged = (
  state: SessionState,
  path: string,
  next: (node: Staged) => 'READING' | 'DISPOSING' | 'DROPPING',
): SessionState => {
  const change = <Node extends Staged>(node: Node): Node => ({ ...node, stage: next(node) });
  const lists: Lists = {
    groups: replaceAt(state.groups, path, change),
    channels: replaceAt(state.channels, path, change),
    interactions: replaceAt(state.interactions, path, change),
    conversations: replaceAt(state.conversations, path, change),
  };
  return { ...state, ...lists };
};

const dialling = (
  state: SessionState,
  path: string,
  to: { readonly paired: boolean } | null,
): SessionState => ({
  ...state,
  channels: replaceAt(state.channels, path, (channel) =>
    isKnown(channel) ? { ...channel, dialling: to } : channel,
  ),
});

/** What asking alone changes: where an object stands on its way in or out, never what the switch decides. */
const asked = (state: SessionState, request: SwitchRequest): SessionState => {
  const path = formatTarget(request.target);
  switch (request.type) {
    case 'RegisterChannelGroup':
    case 'RegisterChannel':
    case 'RegisterInteraction':
    case 'RegisterConversation':
      return register(state, request);
    case 'ReadChannelGroup':
    case 'ReadChannel':
    case 'ReadInteraction':
    case 'ReadConversation':
      return staged(state, path, () => 'READING');
    case 'DisposeChannelGroup':
    case 'DisposeChannel':
    case 'DisposeInteraction':
    case 'DisposeConversation':
      return staged(state, path, (node) => (isKnown(node) ? 'DISPOSING' : 'DROPPING'));
    case 'Dial':
      return dialling(state, path, { paired: false });
    default:
      return state;
  }
};

export const switchRequested = (state: SessionState, data: EventData['SwitchRequested']): SessionState => {
  const after = asked(state, data.request);
  return { ...after, requests: [...after.requests, data] };
};

/** Names a step of a logout: the request with the object that it is about. */
export const stepKey = (request: SwitchRequest): string =>
  [request.type, formatTarget(request.target), ...('id' in request ? [request.id] : [])].join(' ');

/**
 * Whether a step of a logout breaks it off: some do by failing, every other one is done however it ends (bridge
 * D.9). An adapter that restarted has forgotten the log-in, so nothing is left there to end.
 */
export const breaksOff = ({ type }: SwitchRequest, answer: SwitchAnswer): boolean =>
  !answer.ok &&
  answer.cause !== 'unknown' &&
  (type === 'MakeNotReady' || type === 'DeactivateChannel' || type === 'LogOutAgent');

const outcome = (
  state: SessionState,
  { request }: PendingRequest,
  answer: EventData['SwitchAnswered']['answer'],
): SessionState => {
  const path = formatTarget(request.target);
  switch (request.type) {
    case 'ReadSession':
    case 'ReadChannelGroup':
    case 'ReadChannel':
    case 'ReadInteraction':
    case 'ReadConversation':
      return answer.ok ? readingTaken(state, path, answer.reading) : state;
    case 'RegisterChannelGroup':
    case 'RegisterChannel':
    case 'RegisterInteraction':
    case 'RegisterConversation':
      return answer.ok ? state : withoutObject(state, formatTarget(registered(request)));
    case 'DisposeChannelGroup':
    case 'DisposeChannel':
    case 'DisposeInteraction':
    case 'DisposeConversation':
      return isDropping(state, path) ? withoutObject(state, path) : state;
    case 'Dial':
      return answer.ok ? state : dialling(state, path, null);
    default:
      return state;
  }
};

const isDropping = (state: SessionState, path: string): boolean =>
  [...state.groups, ...state.channels, ...state.interactions, ...state.conversations].some(
    (node) => node.path === path && node.stage === 'DROPPING',
  );

export const switchAnswered = (state: SessionState, data: EventData['SwitchAnswered']): SessionState => {
  const pending = state.requests.find(({ requestId }) => requestId === data.requestId);
  if (pending === undefined) return state;
  const after = outcome(state, pending, data.answer);
  const { logOut } = after;
  return {
    ...after,
    requests: after.requests.filter((request) => request !== pending),
    logOut:
      logOut === null || breaksOff(pending.request, data.answer)
        ? logOut
        : { ...logOut, done: [...logOut.done, stepKey(pending.request)] },
  };
};
