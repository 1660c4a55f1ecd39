import { type CtiMessage, type EventName, messageRow, readEvent } from '@cordboard/cti-protocol';
import { type SwitchFact } from '@cordboard/domain';
import {
  err,
  formatTarget,
  jsonBytes,
  type JsonObject,
  ok,
  type Result,
  type Target,
  targetKind,
} from '@cordboard/kernel';
import { dataChanges, MAX_TOLD_BYTES, memberOf, prose } from './plain-values.ts';

/** Why an event cannot be taken; for the log. */
interface Unusable {
  readonly reason: string;
}

type Fact = Result<SwitchFact, string>;
type ReadFact = (target: Target, body: JsonObject) => Fact;

/** Facts that say nothing beside their object. */
type PlainFact = Extract<
  SwitchFact,
  | { type: `Channel${'Activated' | 'Deactivated' | 'Unavailable' | 'Available' | 'Vanished'}` }
  | { type: `Interaction${'Alerting' | 'Started' | 'Ended' | 'Completed'}` }
  | {
      type: `Conversation${'Ringing' | 'Dialing' | 'Started' | 'Talking' | 'Held' | 'Muted' | 'Busy' | 'Ended'}`;
    }
>;

const plain =
  (type: PlainFact['type']): ReadFact =>
  (target) =>
    ok({ type, target });

const reading =
  <Name extends Parameters<typeof readEvent>[0]>(
    name: Name,
    build: (
      target: Target,
      body: Extract<ReturnType<typeof readEvent<Name>>, { ok: true }>['value'],
    ) => SwitchFact,
  ): ReadFact =>
  (target, body) => {
    const read = readEvent(name, body);
    return read.ok ? ok(build(target, read.value)) : read;
  };

const UNEXPLAINED = 'The phone system gave no reason.';

/** What failed; a switch that does not say why is not left without words. */
const failing =
  (
    name: 'conversation.failed' | 'conversation.transfer.failed' | 'conversation.conference.failed',
    type: 'ConversationFailed' | 'TransferFailed' | 'ConferenceFailed',
  ): ReadFact =>
  (target, body) => {
    const read = readEvent(name, { ...body, reason: body.reason ?? '' });
    return read.ok ? ok({ type, target, reason: prose(read.value.reason ?? '') || UNEXPLAINED }) : read;
  };

/** Events of the bridge (C.2 to C.7) and the facts that they report. */
const READERS: Readonly<Record<Exclude<EventName, 'cti.status' | 'cti.queues'>, ReadFact>> = {
  'session.ended': reading('session.ended', (target, { reason }) => ({
    type: 'SessionEnded',
    target,
    ...(reason === undefined ? {} : { reason: prose(reason) }),
  })),
  'session.addressbook': reading('session.addressbook', (target, { addressbooks }) => ({
    type: 'AddressBookChanged',
    target,
    addressBooks: addressbooks,
  })),
  'session.agentleg': reading('session.agentleg', (target, { state, error }) => ({
    type: 'AgentLegChanged',
    target,
    state,
    ...(error === undefined ? {} : { error: prose(error) }),
  })),
  'channelgroup.channel': reading('channelgroup.channel', (target, { nativeid, type }) => ({
    type: 'ChannelJoined',
    target,
    nativeId: nativeid,
    channelType: type.toUpperCase(),
  })),
  'channel.activated': plain('ChannelActivated'),
  'channel.deactivated': plain('ChannelDeactivated'),
  'channel.unavailable': plain('ChannelUnavailable'),
  'channel.available': plain('ChannelAvailable'),
  'channel.disposed': plain('ChannelVanished'),
  'channel.ready': reading('channel.ready', (target, { busy = false }) => ({
    type: 'AgentReady',
    target,
    busy,
  })),
  'channel.notready': reading('channel.notready', (target, { busy = false, reasoncode, reasondesc }) => ({
    type: 'AgentNotReady',
    target,
    busy,
    ...(reasoncode === undefined ? {} : { reasonCode: reasoncode }),
    ...(reasondesc === undefined ? {} : { reasonName: prose(reasondesc) }),
  })),
  'channel.interaction': reading('channel.interaction', (target, { nativeid }) => ({
    type: 'InteractionOffered',
    target,
    nativeId: nativeid,
  })),
  'interaction.alerting': plain('InteractionAlerting'),
  'interaction.started': plain('InteractionStarted'),
  'interaction.ended': plain('InteractionEnded'),
  'interaction.completed': plain('InteractionCompleted'),
  'interaction.datachanged': reading('interaction.datachanged', (target, body) => ({
    type: 'InteractionDataChanged',
    target,
    changes: dataChanges(body['interaction-data']),
  })),
  'interaction.consult': reading('interaction.consult', (target, { nativeid }) => ({
    type: 'ConsultOffered',
    target,
    nativeId: nativeid,
  })),
  'conversation.ringing': plain('ConversationRinging'),
  'conversation.dialing': plain('ConversationDialing'),
  'conversation.started': plain('ConversationStarted'),
  'conversation.talking': plain('ConversationTalking'),
  'conversation.held': plain('ConversationHeld'),
  'conversation.mute': plain('ConversationMuted'),
  'conversation.busy': plain('ConversationBusy'),
  'conversation.failed': failing('conversation.failed', 'ConversationFailed'),
  'conversation.transfer.failed': failing('conversation.transfer.failed', 'TransferFailed'),
  'conversation.conference.failed': failing('conversation.conference.failed', 'ConferenceFailed'),
  'conversation.ended': plain('ConversationEnded'),
  'conversation.partyadded': reading('conversation.partyadded', (target, { number, name }) => ({
    type: 'PartyAdded',
    target,
    ...memberOf(number, name),
  })),
  'conversation.partyremoved': reading('conversation.partyremoved', (target, { number }) => ({
    type: 'PartyRemoved',
    target,
    number,
  })),
};

/**
 * The fact that a bridge event reports (bridge C). `target` is where the event was sent; the message must name
 * the same object, of the kind that the event is about.
 */
export const factFromCti = ({ header, body }: CtiMessage, target: Target): Result<SwitchFact, Unusable> => {
  const row = messageRow(header.name);
  if (header.type !== 'cti.event' || row?.kind !== 'event')
    return err({ reason: `${header.name} is no event` });
  if (header.target !== formatTarget(target))
    return err({ reason: `${header.target} is not where it was sent` });
  if (row.level !== targetKind(target))
    return err({ reason: `${header.name} is not about a ${targetKind(target)}` });
  const fact = READERS[row.name as keyof typeof READERS](target, body);
  if (!fact.ok) return err({ reason: fact.error });
  return jsonBytes(fact.value) <= MAX_TOLD_BYTES
    ? fact
    : err({ reason: `${header.name} says more than ${MAX_TOLD_BYTES} bytes` });
};
