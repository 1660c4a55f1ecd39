import { formatTarget } from '@cordboard/kernel';
import { legAsked } from '../conversation/conversation-state.ts';
import { holdBackEnded, holdBackWanted } from '../interaction/hold-back-state.ts';
import { withoutObject } from '../objects.ts';
import { isKnown, replaceAt, type Staged } from '../placed.ts';
import { logInAnswered, logInAsked } from '../reconcile/link-state.ts';
import { type EventData } from '../session-event.ts';
import { type SwitchAnswer, type SwitchRequest } from '../switch-request.ts';
import { readingTaken } from './reading-state.ts';
import { register, registered } from './registration-state.ts';
import { type PendingCommand, type PendingRequest, type SessionState } from './session-state.ts';

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

const WISHES = {
  HoldConversation: 'HELD',
  RetrieveConversation: 'TALKING',
  MuteConversation: 'MUTE',
  UnmuteConversation: 'TALKING',
} as const;

/** What asking alone changes: where an object stands on its way in or out, never what the switch decides. */
const asked = (state: SessionState, request: SwitchRequest): SessionState => {
  const path = formatTarget(request.target);
  switch (request.type) {
    case 'CreateSession':
      return logInAsked(state, request.agent.extension);
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
    case 'Consult':
      return holdBackWanted(state, path, 'consult');
    case 'Alternate':
      return holdBackWanted(state, path, 'alternate');
    case 'ConsultTransfer':
      return holdBackWanted(state, path, 'consult-transfer');
    case 'SetAgentLeg':
      // What was heard last may not hold for long.
      return { ...state, legConnected: null };
    case 'HoldConversation':
    case 'RetrieveConversation':
    case 'MuteConversation':
    case 'UnmuteConversation':
      return legAsked(state, path, { wished: WISHES[request.type] });
    case 'BlindTransfer':
      return legAsked(state, path, { transferring: true });
    case 'BlindConference':
      return legAsked(state, path, { conferencing: true });
    default:
      return state;
  }
};

type Sweep = NonNullable<PendingCommand['sweep']>;

/** How far a command on several channels has come; one that has not begun to sweep stays as it is. */
const swept = (
  { commands }: SessionState,
  commandId: string | undefined,
  next: (sweep: Sweep | undefined) => Sweep | undefined,
): SessionState['commands'] =>
  commands.map((command) =>
    command.commandId === commandId ? { ...command, sweep: next(command.sweep) } : command,
  );

export const switchRequested = (state: SessionState, data: EventData['SwitchRequested']): SessionState => {
  const after = asked(state, data.request);
  const commands = swept(after, data.commandId, (sweep) => sweep && { ...sweep, awaited: null });
  return { ...after, commands, requests: [...after.requests, data] };
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
    case 'CreateSession':
      return logInAnswered(state, answer);
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
    case 'Consult':
    case 'Alternate':
    case 'ConsultTransfer':
      return answer.ok ? state : holdBackEnded(state, path);
    case 'HoldConversation':
    case 'RetrieveConversation':
    case 'MuteConversation':
    case 'UnmuteConversation':
      return answer.ok ? state : legAsked(state, path, { wished: null });
    case 'BlindTransfer':
      return answer.ok ? state : legAsked(state, path, { transferring: false });
    case 'BlindConference':
      return answer.ok ? state : legAsked(state, path, { conferencing: false });
    default:
      return state;
  }
};

const isDropping = (state: SessionState, path: string): boolean =>
  [...state.groups, ...state.channels, ...state.interactions, ...state.conversations].some(
    (node) => node.path === path && node.stage === 'DROPPING',
  );

const answered = (
  state: SessionState,
  { request, commandId }: PendingRequest,
  until: number | undefined,
): SessionState['commands'] => {
  if (until === undefined) return state.commands;
  const awaited = { type: request.type, path: formatTarget(request.target), until };
  return swept(state, commandId, (sweep) => ({ done: [...(sweep?.done ?? []), stepKey(request)], awaited }));
};

export const switchAnswered = (state: SessionState, data: EventData['SwitchAnswered']): SessionState => {
  const pending = state.requests.find(({ requestId }) => requestId === data.requestId);
  if (pending === undefined) return state;
  const after = outcome(state, pending, data.answer);
  const { logOut } = after;
  return {
    ...after,
    commands: answered(after, pending, data.followBy),
    requests: after.requests.filter((request) => request !== pending),
    logOut:
      logOut === null || breaksOff(pending.request, data.answer)
        ? logOut
        : { ...logOut, done: [...logOut.done, stepKey(pending.request)] },
  };
};
