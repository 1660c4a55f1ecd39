import { type ProcessorStatus } from '@cordboard/cti-protocol';
import { type JsonObject } from '@cordboard/kernel';
import {
  type ChannelAddress,
  type ConversationAddress,
  type GroupAddress,
  type InteractionAddress,
  type NativeAddress,
} from './address.ts';
import { type SwitchReport } from './event-gate.ts';
import {
  type AddressBook,
  type AgentLegState,
  type ChannelFound,
  type QueueFigures,
} from './handler-data.ts';
import { addressBooksBody } from './lists.ts';

type Send = (report: SwitchReport) => void;
interface Reason {
  readonly code?: string | undefined;
  readonly name?: string | undefined;
}

/** Takes what is reported. */
export interface Reporting {
  readonly send: Send;
  readonly queues: (queues: readonly QueueFigures[]) => void;
  readonly status: (status: ProcessorStatus, reason?: string) => void;
}

const ofSwitch = ({ queues, status }: Omit<Reporting, 'send'>) => ({
  /** The link to the switch changed; only STARTED takes sessions (bridge CTL-E01). */
  status,
  /**
   * The queues as they are now, 500 at most, for adapters with `queue-statistics-supported`. Call it as often as
   * you like: one a second goes out, the newest.
   */
  queues,
});

const ofSession = (send: Send) => ({
  /** The login ended outside the desktop (bridge SES-E01). */
  sessionEnded: (at: NativeAddress, reason?: string) => send({ at, name: 'session.ended', body: { reason } }),
  /** The address book as it is now, while the agent follows it (extension family). */
  addressBook: (at: NativeAddress, books: readonly AddressBook[]) =>
    send({ at, name: 'session.addressbook', body: addressBooksBody(books) }),
  /** The agent's voice leg came, went, or could not be made, for whatever reason; `error` says why it failed. */
  agentLeg: (at: NativeAddress, state: AgentLegState, error?: string) =>
    send({ at, name: 'session.agentleg', body: { state, error } }),
  /** A channel joined the group outside the desktop (bridge CGP-E01). */
  channelJoined: (at: GroupAddress, channel: ChannelFound) =>
    send({ at, name: 'channelgroup.channel', body: { nativeid: channel.endPoint, type: channel.type } }),
});

const ofChannel = (send: Send) => {
  const plain = (name: string) => (at: ChannelAddress) => send({ at, name, body: {} });
  return {
    channelActivated: plain('channel.activated'),
    channelDeactivated: plain('channel.deactivated'),
    channelUnavailable: plain('channel.unavailable'),
    channelAvailable: plain('channel.available'),
    channelDisposed: plain('channel.disposed'),
    ready: (at: ChannelAddress, busy = false) => send({ at, name: 'channel.ready', body: { busy } }),
    notReady: (at: ChannelAddress, reason: Reason = {}, busy = false) =>
      send({
        at,
        name: 'channel.notready',
        body: { reasoncode: reason.code, reasondesc: reason.name, busy },
      }),
    /** A new interaction, inbound or dialled, by its native id (bridge CHN-E08). */
    interactionOffered: (at: ChannelAddress, nativeId: string) =>
      send({ at, name: 'channel.interaction', body: { nativeid: nativeId } }),
  };
};

const ofInteraction = (send: Send) => {
  const plain = (name: string) => (at: InteractionAddress) => send({ at, name, body: {} });
  return {
    interactionAlerting: plain('interaction.alerting'),
    interactionStarted: plain('interaction.started'),
    interactionEnded: plain('interaction.ended'),
    interactionCompleted: plain('interaction.completed'),
    /** Changed keys only; null removes a key (bridge INT-E05). */
    dataChanged: (at: InteractionAddress, changes: JsonObject) =>
      send({ at, name: 'interaction.datachanged', body: { 'interaction-data': changes } }),
    /** A consult call was started outside the desktop (bridge TEL-E01). */
    consultOffered: (at: InteractionAddress, nativeId: string) =>
      send({ at, name: 'interaction.consult', body: { nativeid: nativeId } }),
  };
};

const ofConversation = (send: Send) => {
  const plain = (name: string) => (at: ConversationAddress) => send({ at, name, body: {} });
  const withReason = (name: string) => (at: ConversationAddress, reason: string) =>
    send({ at, name, body: { reason } });
  return {
    ringing: plain('conversation.ringing'),
    dialing: plain('conversation.dialing'),
    started: plain('conversation.started'),
    talking: plain('conversation.talking'),
    held: plain('conversation.held'),
    muted: plain('conversation.mute'),
    busy: plain('conversation.busy'),
    ended: plain('conversation.ended'),
    /** `reason` is shown to the agent. */
    failed: withReason('conversation.failed'),
    transferFailed: withReason('conversation.transfer.failed'),
    conferenceFailed: withReason('conversation.conference.failed'),
    partyAdded: (
      at: ConversationAddress,
      party: { readonly number: string; readonly name?: string | undefined },
    ) => send({ at, name: 'conversation.partyadded', body: { number: party.number, name: party.name } }),
    partyRemoved: (at: ConversationAddress, number: string) =>
      send({ at, name: 'conversation.partyremoved', body: { number } }),
  };
};

/** What the switch did, told in its own ids (bridge C.1 to C.7); the kit sends it when and where it may go. */
export const createReport = ({ send, ...reporting }: Reporting) => ({
  ...ofSwitch(reporting),
  ...ofSession(send),
  ...ofChannel(send),
  ...ofInteraction(send),
  ...ofConversation(send),
});

/** One function for each thing that a switch may tell. */
export type AdapterReport = ReturnType<typeof createReport>;
