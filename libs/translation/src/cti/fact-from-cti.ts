import { type CtiMessage, type EventName, messageRow, readEvent } from '@cordboard/cti-protocol';
import { type SwitchFact, type SwitchFactType } from '@cordboard/domain';
import {
  err,
  formatTarget,
  type JsonObject,
  ok,
  type Result,
  type Target,
  targetKind,
} from '@cordboard/kernel';
import { dataChanges, memberOf, prose } from './plain-values.ts';

/** Why an event cannot be taken; for the log. */
interface Unusable {
  readonly reason: string;
}

type Fact = Result<SwitchFact, string>;
type ReadFact = (target: Target, body: JsonObject) => Fact;

type PlainFactType = Extract<
  SwitchFactType,
  | `Channel${string}`
  | `Interaction${'Alerting' | 'Started' | 'Ended' | 'Completed'}`
  | `Conversation${'Ringing' | 'Dialing' | 'Started' | 'Talking' | 'Held' | 'Muted' | 'Busy' | 'Ended'}`
>;

const plain =
  (type: PlainFactType): ReadFact =>
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

/** Events of the bridge (C.2 to C.7) and the facts that they report. */
const READERS: Readonly<Partial<Record<EventName, ReadFact>>> = {
  'session.ended': reading('session.ended', (target, { reason }) => ({
    type: 'SessionEnded',
    target,
    ...(reason === undefined ? {} : { reason: prose(reason) }),
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
  'conversation.ringing': plain('ConversationRinging'),
  'conversation.dialing': plain('ConversationDialing'),
  'conversation.started': plain('ConversationStarted'),
  'conversation.talking': plain('ConversationTalking'),
  'conversation.held': plain('ConversationHeld'),
  'conversation.mute': plain('ConversationMuted'),
  'conversation.busy': plain('ConversationBusy'),
  'conversation.failed': reading('conversation.failed', (target, { reason }) => ({
    type: 'ConversationFailed',
    target,
    reason: prose(reason),
  })),
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
 * the same object, of the kind that the event is about. Events that nothing follows from yet are unusable too.
 */
export const factFromCti = ({ header, body }: CtiMessage, target: Target): Result<SwitchFact, Unusable> => {
  const row = messageRow(header.name);
  if (header.type !== 'cti.event' || row?.kind !== 'event')
    return err({ reason: `${header.name} is no event` });
  if (header.target !== formatTarget(target))
    return err({ reason: `${header.target} is not where it was sent` });
  if (row.level !== targetKind(target))
    return err({ reason: `${header.name} is not about a ${targetKind(target)}` });
  const read = READERS[row.name as EventName];
  if (read === undefined) return err({ reason: `${header.name} is not acted on yet` });
  const fact = read(target, body);
  return fact.ok ? fact : err({ reason: fact.error });
};
