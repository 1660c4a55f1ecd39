import {
  type CommandOutcome,
  type EventData,
  type EventType,
  type SessionEvent,
  type SwitchAnswer,
} from '@cordboard/domain';
import { wireNameOf } from '@cordboard/translation';
import { adapterLost, reconcileBegan, reconciled, reconcileEnded } from './reconcile-words.ts';
import { fields, moved, person, personal, reported, requested, words } from './words.ts';

const answered = (answer: SwitchAnswer): string =>
  answer.ok ? 'the switch did it' : `the switch did not (${answer.cause}): ${personal(answer.message)}`;

const timeText = (at: number): string => new Date(at).toISOString();

const ended = (outcome: CommandOutcome): string => {
  switch (outcome.result) {
    case 'success':
      return 'command done';
    case 'needinfo':
      return 'nothing done: the agent has to choose a skill first';
    case 'failure':
      return `command failed: ${outcome.code}`;
  }
};

const HELD_BACK = {
  consult: 'a consult call begins',
  alternate: 'the calls are swapped',
  'consult-transfer': 'the calls are joined',
} as const;

const WORK_OVER = {
  elapsed: 'after-call work is over',
  changed: 'after-call work ended: another status was asked for',
  completed: 'after-call work ended with the interaction',
  refused: 'no after-call work: the switch refused it',
} as const;

type Phrases = { readonly [Type in EventType]: (data: EventData[Type]) => string };

const PHRASES: Phrases = {
  SessionPrepared: ({ agent, processor }) => `prepared for agent ${agent.id} on ${processor}`,
  OwnershipClaimed: ({ worker, epoch }) => `worker ${worker} took over, epoch ${epoch}`,
  ClientBound: ({ client }) => `desktop ${client} bound`,
  ClientUnbound: ({ reason }) => `desktop unbound: ${words(reason)}`,
  SessionLapsed: () => 'nobody came back in time',
  CommandAccepted: ({ command }) =>
    'destination' in command
      ? `${wireNameOf(command.type)} to ${personal(command.destination)} accepted`
      : `${wireNameOf(command.type)} accepted`,
  CommandCompleted: ({ outcome }) => ended(outcome),
  AdapterAssigned: ({ instance }) => `adapter ${instance} assigned`,
  AdapterLost: adapterLost,
  ReconcileBegan: reconcileBegan,
  Reconciled: reconciled,
  ReconcileEnded: reconcileEnded,
  SwitchRequested: ({ request }) => `asked the switch to ${requested(request)}`,
  SwitchAnswered: ({ answer }) => answered(answer),
  SwitchFactDeferred: ({ fact }) => `the switch says ${reported(fact)}; kept back until it may be shown`,
  InteractionRuled: ({ queue, wrapUpMs, dispositionRequired }) =>
    `queue ${queue}: ${wrapUpMs} ms of after-call work, a disposition is ${dispositionRequired ? '' : 'not '}required`,
  InteractionDispositionSet: ({ disposition }) => `disposition set: ${personal(disposition)}`,
  InteractionHoldBackBegan: ({ by, until }) =>
    `${HELD_BACK[by]}: what comes too early waits, ${timeText(until)} at the latest`,
  InteractionHoldBackEnded: () => 'nothing waits any more',
  AddressBookFollowed: ({ realtime }) =>
    realtime
      ? 'changes of the address book are passed on'
      : 'changes of the address book are passed on no more',
  AfterCallWorkBegan: ({ endsAt }) => `after-call work until ${timeText(endsAt)}`,
  AfterCallWorkEnded: ({ reason }) => WORK_OVER[reason],
  ConversationStarted: () => 'the switch began the conversation',
  ConversationMemberRenamed: ({ member }) => `party renamed: ${person(member)}`,
  SessionStarted: () => 'start is under way',
  LogOutBegan: ({ commandId }) => (commandId === undefined ? 'logout began by policy' : 'logout began'),
  LogOutFailed: ({ retryAt }) =>
    retryAt === null ? 'logout broke off' : `logout broke off, next attempt ${timeText(retryAt)}`,
  SessionClosed: ({ reason }) => `closed: ${words(reason.replaceAll('-', ' '))}`,
  SessionInitialized: () => 'ready for commands',
  NotReadyReasonsUpdated: ({ reasonCodes }) => `not ready reasons told: ${reasonCodes.length}`,
  LogoutReasonsUpdated: ({ logoutReasons }) => `logout reasons told: ${logoutReasons.length}`,
  AgentLegConnected: () => 'voice leg connected',
  AgentLegDisconnected: () => 'voice leg disconnected',
  AgentLegFailed: ({ error }) => `voice leg failed: ${personal(error)}`,
  AddressBookUpdated: () => 'address book told',
  ChannelGroupCreated: ({ channelgroup }) => `channel group ${channelgroup.name} created`,
  ChannelGroupStateUpdated: moved,
  ChannelGroupInitialized: () => 'initialised',
  ChannelGroupDisposed: () => 'disposed',
  ChannelCreated: ({ channel }) => `${channel.type} channel ${channel.name} created`,
  ChannelInfoChanged: ({ agentStatus }) =>
    agentStatus.lastReasonCode === ''
      ? `agent is ${agentStatus.status}`
      : `agent is ${agentStatus.status}, reason ${agentStatus.lastReasonCode}`,
  ChannelStateUpdated: moved,
  ChannelInitialized: () => 'initialised',
  ChannelDisposed: () => 'disposed',
  DispositionsUpdated: ({ dispositions }) => `dispositions told: ${dispositions.length}`,
  InteractionCreated: ({ interaction }) =>
    [interaction.direction, interaction.type, 'interaction created']
      .filter((word) => word !== undefined)
      .join(' '),
  InteractionStateUpdated: moved,
  InteractionDataChanged: ({ interactionData }) => `data changed: ${fields(interactionData)}`,
  InteractionPreviewed: ({ interactionData }) => `previewed: ${fields(interactionData)}`,
  InteractionInitialized: () => 'initialised',
  InteractionScreenPopped: ({ interactionData }) => `screen popped: ${fields(interactionData)}`,
  InteractionFocusChanged: ({ conversation }) =>
    conversation === null ? 'no conversation has the focus' : 'another conversation has the focus',
  InteractionEnded: () => 'ended',
  InteractionCompleted: () => 'completed',
  InteractionDisposed: () => 'disposed',
  ConversationCreated: ({ conversation }) => `${conversation.role} conversation created`,
  ConversationStateUpdated: moved,
  ConversationMemberAdded: ({ member }) => `party joined: ${person(member)}`,
  ConversationMemberRemoved: ({ member }) => `party left: ${person(member)}`,
  ConversationInitialized: () => 'initialised',
  ConversationBusy: () => 'the far end is busy',
  ConversationFailed: ({ reason }) => `failed: ${personal(reason)}`,
  ConversationTransferFailed: ({ reason }) => `transfer failed: ${personal(reason)}`,
  ConversationConferenceFailed: ({ reason }) => `conference failed: ${personal(reason)}`,
  ConversationDisposed: () => 'disposed',
};

/** What an event says, in human words; personal values stand as `(sealed)` where they are null. */
export const whatHappened = (event: SessionEvent): string => {
  const phrase = PHRASES[event.type] as (data: unknown) => string;
  return event.silent === true ? `${phrase(event.data)} (not shown to the agent)` : phrase(event.data);
};
