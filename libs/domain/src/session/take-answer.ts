import { formatTarget } from '@cordboard/kernel';
import { announceChannel } from '../channel/channel-steps.ts';
import { announceGroup } from '../channel-group/channel-group-steps.ts';
import { announceConversation, conversationGone } from '../conversation/conversation-steps.ts';
import {
  completeInteraction,
  endInteraction,
  legsOf,
  startInteraction,
} from '../interaction/interaction-steps.ts';
import { knownInteraction, objectAt } from '../objects.ts';
import {
  type SwitchAnswer,
  type SwitchReading,
  type SwitchRequest,
  type SwitchRequestType,
} from '../switch-request.ts';
import { announceInteraction } from '../interaction/interaction-steps.ts';
import { commandUnderWay, complete, outcomeOf } from './commands-under-way.ts';
import { ask, type Draft } from './draft.ts';
import { followLogOut } from './log-out.ts';
import { type Registration, registered } from './registration-state.ts';
import { followStart, isUncertain } from './start.ts';
import { type PendingRequest } from './session-state.ts';

const READINGS: Readonly<Partial<Record<SwitchRequestType, SwitchReading['of']>>> = {
  ReadSession: 'session',
  ReadChannelGroup: 'channelgroup',
  ReadChannel: 'channel',
  ReadInteraction: 'interaction',
  ReadConversation: 'conversation',
};

/** An answer that does not fit its request is none. */
const fitted = ({ type }: SwitchRequest, answer: SwitchAnswer): SwitchAnswer => {
  const expected = READINGS[type];
  if (!answer.ok || expected === undefined || answer.reading.of === expected) return answer;
  return { ok: false, cause: 'malformed', message: `The switch answered ${type} with something else.` };
};

const CHILDREN = {
  RegisterChannelGroup: ['ReadChannelGroup', 'DisposeChannelGroup'],
  RegisterChannel: ['ReadChannel', 'DisposeChannel'],
  RegisterInteraction: ['ReadInteraction', 'DisposeInteraction'],
  RegisterConversation: ['ReadConversation', 'DisposeConversation'],
} as const;

/** A registered object is read; one that nobody waits for any more, or that is in doubt, is let go. */
const followRegistration = (draft: Draft, request: Registration, answer: SwitchAnswer): void => {
  const target = registered(request);
  const [read, dispose] = CHILDREN[request.type];
  const wanted = answer.ok && objectAt(draft.state(), target)?.stage === 'REGISTERING';
  if (wanted) ask(draft, { type: read, target });
  else if (answer.ok || isUncertain(answer)) ask(draft, { type: dispose, target });
};

const READS = {
  ReadChannelGroup: [announceGroup, 'DisposeChannelGroup'],
  ReadChannel: [announceChannel, 'DisposeChannel'],
  ReadInteraction: [announceInteraction, 'DisposeInteraction'],
  ReadConversation: [announceConversation, 'DisposeConversation'],
} as const;

type ObjectRead = Extract<SwitchRequest, { type: keyof typeof READS }>;

/** An object that was read is announced; one that cannot be read is let go, and its parent carries on (A8-7). */
const followReading = (draft: Draft, { type, target }: ObjectRead, answer: SwitchAnswer): void => {
  const [announce, dispose] = READS[type];
  const node = objectAt(draft.state(), target);
  if (node === undefined || node.stage === 'DROPPING') return;
  if (answer.ok) announce(draft, formatTarget(target));
  else ask(draft, { type: dispose, target });
};

const disposed = (draft: Draft, request: SwitchRequest): void => {
  const path = formatTarget(request.target);
  if (request.type === 'DisposeConversation') return conversationGone(draft, path);
  // A logout tells what it took away when it is known how it ended.
  if (request.type !== 'DisposeInteraction' || draft.state().phase === 'LOGGING_OUT') return;
  const interaction = knownInteraction(draft.state(), path);
  if (interaction?.stage === 'DISPOSING') draft.emit('InteractionDisposed', interaction.target, {});
};

/** Without legs no event of the switch follows on these, so the answer itself decides (bridge D.3, D.16). */
const decided = (draft: Draft, { type, target }: SwitchRequest): void => {
  const path = formatTarget(target);
  const interaction = knownInteraction(draft.state(), path);
  if (interaction?.stage !== 'LIVE' || draft.state().phase === 'LOGGING_OUT') return;
  if (type === 'CompleteInteraction') return completeInteraction(draft, path);
  if (legsOf(draft.state(), path).length > 0 || interaction.state !== 'ALERTING') return;
  if (type === 'AcceptInteraction') startInteraction(draft, path);
  if (type === 'RejectInteraction') endInteraction(draft, path);
};

/** The agent had to be taken not-ready before the channel can be deactivated. */
const deactivates = (draft: Draft, { request, commandId }: PendingRequest): boolean => {
  const command = commandUnderWay(draft.state(), commandId)?.command;
  if (request.type !== 'MakeNotReady' || command?.type !== 'DeactivateChannel') return false;
  ask(draft, command, commandId);
  return true;
};

const followCommand = (draft: Draft, pending: PendingRequest, answer: SwitchAnswer): void => {
  const command = commandUnderWay(draft.state(), pending.commandId)?.command;
  if (command?.type === 'LogOut' || (command === undefined && draft.state().logOut !== null)) {
    return followLogOut(draft, pending, answer);
  }
  if (answer.ok && deactivates(draft, pending)) return;
  complete(draft, pending.commandId, outcomeOf(answer));
  if (answer.ok) decided(draft, pending.request);
};

const follow = (draft: Draft, pending: PendingRequest, answer: SwitchAnswer): void => {
  const { request } = pending;
  switch (request.type) {
    case 'CreateSession':
    case 'ReadSession':
      return followStart(draft, pending, answer);
    case 'RegisterChannelGroup':
    case 'RegisterChannel':
    case 'RegisterInteraction':
    case 'RegisterConversation':
      return followRegistration(draft, request, answer);
    case 'ReadChannelGroup':
    case 'ReadChannel':
    case 'ReadInteraction':
    case 'ReadConversation':
      return followReading(draft, request, answer);
    case 'DisposeConversation':
    case 'DisposeInteraction':
      return disposed(draft, request);
    default:
      return followCommand(draft, pending, answer);
  }
};

/** Records how a request ended and goes on from there; an answer that nobody waits for changes nothing. */
export const takeAnswer = (draft: Draft, requestId: string, answer: SwitchAnswer): void => {
  const pending = draft.state().requests.find((request) => request.requestId === requestId);
  if (pending === undefined) return;
  const taken = fitted(pending.request, answer);
  draft.emit('SwitchAnswered', pending.request.target, { requestId, answer: taken });
  follow(draft, pending, taken);
};
