import { formatTarget, parentTarget } from '@cordboard/kernel';
import { afterCallWorkRefused } from '../channel/after-call-work.ts';
import { announceChannel } from '../channel/channel-steps.ts';
import { leftMeanwhile } from '../channel/channel-refusal.ts';
import { followSkills } from '../channel/dial.ts';
import { followStatus } from '../channel/pending-status.ts';
import { announceGroup } from '../channel-group/channel-group-steps.ts';
import { announceConversation, conversationGone } from '../conversation/conversation-steps.ts';
import { followInteractionAnswer } from '../interaction/interaction-answers.ts';
import { FOLLOW_MS } from '../limits.ts';
import { knownInteraction, objectAt } from '../objects.ts';
import { followLogIn } from '../reconcile/log-in-again.ts';
import { type CommandOutcome } from '../session-event.ts';
import {
  type SwitchAnswer,
  type SwitchReading,
  type SwitchRequest,
  type SwitchRequestType,
} from '../switch-request.ts';
import { announceInteraction, legLost } from '../interaction/interaction-steps.ts';
import { followAddressBook } from './address-book.ts';
import { commandUnderWay, complete, outcomeOf } from './commands-under-way.ts';
import { ask, type Draft } from './draft.ts';
import { followList } from './lists.ts';
import { followLogOut } from './log-out.ts';
import { type Registration, registered } from './registration-state.ts';
import { followStart, isUncertain } from './start.ts';
import { type PendingRequest } from './session-state.ts';
import { isSweep } from './sweeping.ts';

const READINGS: Readonly<Partial<Record<SwitchRequestType, SwitchReading['of']>>> = {
  ReadSession: 'session',
  ReadChannelGroup: 'channelgroup',
  ReadChannel: 'channel',
  ReadInteraction: 'interaction',
  ReadConversation: 'conversation',
  Consult: 'consult',
  ReadDirectory: 'directory',
  ReadNotReadyReasons: 'notreadyreasons',
  ReadLogoutReasons: 'logoutreasons',
  ReadAddressBook: 'addressbook',
  ReadDispositions: 'dispositions',
  ReadScripts: 'scripts',
  ReadOutboundSkills: 'outboundskills',
};

/** An answer that does not fit its request is none. */
const fitted = ({ type }: SwitchRequest, answer: SwitchAnswer): SwitchAnswer => {
  const expected = READINGS[type];
  if (!answer.ok || expected === undefined || answer.reading.of === expected) return answer;
  return { ok: false, cause: 'malformed', message: `The switch answered ${type} with something else.` };
};

const NOT_ADDED: CommandOutcome = {
  result: 'failure',
  code: 'CTI_ERROR',
  message: 'What was to be added went away meanwhile. Try again.',
};

const CHILDREN = {
  RegisterChannelGroup: ['ReadChannelGroup', 'DisposeChannelGroup'],
  RegisterChannel: ['ReadChannel', 'DisposeChannel'],
  RegisterInteraction: ['ReadInteraction', 'DisposeInteraction'],
  RegisterConversation: ['ReadConversation', 'DisposeConversation'],
} as const;

/** A registered object is read; one that nobody waits for any more, or that is in doubt, is let go. */
const followRegistration = (
  draft: Draft,
  request: Registration,
  answer: SwitchAnswer,
  commandId: string | undefined,
): void => {
  const target = registered(request);
  const [read, dispose] = CHILDREN[request.type];
  const wanted = answer.ok && objectAt(draft.state(), target)?.stage === 'REGISTERING';
  if (wanted) return ask(draft, { type: read, target }, commandId);
  complete(draft, commandId, answer.ok ? NOT_ADDED : outcomeOf(answer));
  if (answer.ok || isUncertain(answer)) ask(draft, { type: dispose, target });
  if (!answer.ok && request.type === 'RegisterConversation') legLost(draft, formatTarget(request.target));
};

const READS = {
  ReadChannelGroup: [announceGroup, 'DisposeChannelGroup'],
  ReadChannel: [announceChannel, 'DisposeChannel'],
  ReadInteraction: [announceInteraction, 'DisposeInteraction'],
  ReadConversation: [announceConversation, 'DisposeConversation'],
} as const;

type ObjectRead = Extract<SwitchRequest, { type: keyof typeof READS }>;

/** An object that was read is announced; one that cannot be read is let go, and its parent carries on (A8-7). */
const followReading = (
  draft: Draft,
  { type, target }: ObjectRead,
  answer: SwitchAnswer,
  commandId: string | undefined,
): void => {
  const [announce, dispose] = READS[type];
  const node = objectAt(draft.state(), target);
  const gone = node === undefined || node.stage === 'DROPPING';
  complete(draft, commandId, gone && answer.ok ? NOT_ADDED : outcomeOf(answer));
  if (gone) return;
  if (answer.ok) return announce(draft, formatTarget(target));
  ask(draft, { type: dispose, target });
  if (type === 'ReadConversation') legLost(draft, formatTarget(parentTarget(target)));
};

const disposed = (draft: Draft, request: SwitchRequest): void => {
  const path = formatTarget(request.target);
  if (request.type === 'DisposeConversation') return conversationGone(draft, path);
  // A logout tells what it took away when it is known how it ended.
  if (request.type !== 'DisposeInteraction' || draft.state().phase === 'LOGGING_OUT') return;
  const interaction = knownInteraction(draft.state(), path);
  if (interaction?.stage === 'DISPOSING') draft.emit('InteractionDisposed', interaction.target, {});
};

/** The agent had to be taken not-ready before the channel can be deactivated. */
const deactivates = (draft: Draft, { request, commandId }: PendingRequest): boolean => {
  const command = commandUnderWay(draft.state(), commandId)?.command;
  if (request.type !== 'MakeNotReady' || command?.type !== 'DeactivateChannel') return false;
  const outcome = leftMeanwhile(draft.state(), formatTarget(command.target));
  if (outcome === null) ask(draft, command, commandId);
  else complete(draft, commandId, outcome);
  return true;
};

/** A step of a command on several channels; the next one follows by itself. */
const isSwept = (draft: Draft, { commandId }: PendingRequest): boolean => {
  const pending = commandUnderWay(draft.state(), commandId);
  return pending !== undefined && isSweep(pending);
};

/** `wished`: the agent asked for it; else the engine did. */
const statusAnswered = (
  draft: Draft,
  request: Extract<SwitchRequest, { type: 'MakeReady' | 'MakeNotReady' }>,
  answer: SwitchAnswer,
  wished: boolean,
): void => {
  if (answer.ok && wished) followStatus(draft, request);
  if (!answer.ok && !wished) afterCallWorkRefused(draft, request);
};

const followCommand = (draft: Draft, pending: PendingRequest, answer: SwitchAnswer): void => {
  const command = commandUnderWay(draft.state(), pending.commandId)?.command;
  if (command?.type === 'LogOut' || (command === undefined && draft.state().logOut !== null)) {
    return followLogOut(draft, pending, answer);
  }
  if (answer.ok && (deactivates(draft, pending) || isSwept(draft, pending))) return;
  complete(draft, pending.commandId, outcomeOf(answer));
  const { request } = pending;
  if (request.type !== 'MakeReady' && request.type !== 'MakeNotReady') return;
  statusAnswered(draft, request, answer, command !== undefined);
};

const follow = (draft: Draft, pending: PendingRequest, answer: SwitchAnswer): void => {
  const { request } = pending;
  switch (request.type) {
    case 'CreateSession':
      return draft.state().reconcile === null
        ? followStart(draft, pending, answer)
        : followLogIn(draft, answer);
    case 'ReadSession':
      return followStart(draft, pending, answer);
    case 'RegisterChannelGroup':
    case 'RegisterChannel':
    case 'RegisterInteraction':
    case 'RegisterConversation':
      return followRegistration(draft, request, answer, pending.commandId);
    case 'ReadChannelGroup':
    case 'ReadChannel':
    case 'ReadInteraction':
    case 'ReadConversation':
      return followReading(draft, request, answer, pending.commandId);
    case 'DisposeConversation':
    case 'DisposeInteraction':
      return disposed(draft, request);
    case 'AcceptInteraction':
    case 'RejectInteraction':
    case 'CompleteInteraction':
    case 'SetDisposition':
    case 'Consult':
    case 'Alternate':
    case 'ConsultTransfer':
      return followInteractionAnswer(draft, pending, answer);
    case 'ReadDirectory':
    case 'ReadNotReadyReasons':
    case 'ReadLogoutReasons':
    case 'ReadDispositions':
    case 'ReadScripts':
      return followList(draft, pending, answer);
    case 'ReadAddressBook':
    case 'StopAddressBook':
      return followAddressBook(draft, pending, answer);
    case 'ReadOutboundSkills':
      return followSkills(draft, pending, answer);
    default:
      return followCommand(draft, pending, answer);
  }
};

/** Records how a request ended and goes on from there; an answer that nobody waits for changes nothing. */
export const takeAnswer = (draft: Draft, requestId: string, answer: SwitchAnswer): void => {
  const pending = draft.state().requests.find((request) => request.requestId === requestId);
  if (pending === undefined) return;
  const taken = fitted(pending.request, answer);
  const followed = taken.ok && isSwept(draft, pending) ? { followBy: draft.at + FOLLOW_MS } : {};
  draft.emit('SwitchAnswered', pending.request.target, { requestId, answer: taken, ...followed });
  follow(draft, pending, taken);
};
