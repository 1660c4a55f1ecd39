import { type EventName } from '@cordboard/agent-protocol';
import { isJsonObject, type Json, type JsonObject } from '@cordboard/kernel';
import { type AgentStatusInfo, type ConversationMember, type PendingStatus } from '../protocol/values.ts';
import { type SessionObject } from './model.ts';
import { dispositionsOf, objectOf, textOf } from './read.ts';

type Change = (object: SessionObject, data: JsonObject) => SessionObject;

const stated: Change = (object, { state, capabilities }) => ({
  ...object,
  state: typeof state === 'string' ? state : object.state,
  capabilities: isJsonObject(capabilities)
    ? (capabilities as Readonly<Record<string, boolean>>)
    : object.capabilities,
});

/** Null when the key that matters is missing. */
const statusOf = (value: Json | undefined): AgentStatusInfo | null => {
  const { status, lastReasonCode, lastReasonName } = objectOf(value);
  if (typeof status !== 'string') return null;
  return {
    status: status as AgentStatusInfo['status'],
    lastReasonCode: textOf(lastReasonCode),
    lastReasonName: textOf(lastReasonName),
  };
};

const pendingOf = (value: Json | undefined): PendingStatus | null => {
  const { status, reasonCode, reasonName } = objectOf(value);
  if (typeof status !== 'string') return null;
  return {
    status: status as PendingStatus['status'],
    reasonCode: textOf(reasonCode),
    reasonName: textOf(reasonName),
  };
};

/** Tells the whole of it each time: what is absent is over. */
const informed: Change = (object, data) => {
  const { pending: _, afterCallWorkEndsAt: __, ...kept } = object;
  const agentStatus = statusOf(data['agentStatus']);
  const pending = pendingOf(data['pending']);
  const { afterCallWorkEndsAt } = data;
  return {
    ...kept,
    ...(agentStatus === null ? {} : { agentStatus }),
    ...(pending === null ? {} : { pending }),
    ...(typeof afterCallWorkEndsAt === 'number' ? { afterCallWorkEndsAt } : {}),
  };
};

const withData: Change = (object, { interactionData }) =>
  interactionData === undefined ? object : { ...object, interactionData: objectOf(interactionData) };

const memberOf = (data: JsonObject): ConversationMember => {
  const { number, name } = objectOf(data['member']);
  return { number: textOf(number), ...(typeof name === 'string' ? { name } : {}) };
};

const without = ({ members = [] }: SessionObject, { number }: ConversationMember) =>
  members.filter((member) => member.number !== number);

const joined: Change = (object, data) => {
  const member = memberOf(data);
  return { ...object, members: [...without(object, member), member] };
};

const left: Change = (object, data) => ({ ...object, members: without(object, memberOf(data)) });

const failed: Change = (object, { reason }) => ({ ...object, failure: textOf(reason) });

const initialized: Change = (object) => ({ ...object, initialized: true });

/** What an event does to the object that it is about. */
export const OBJECT_CHANGES: Readonly<Partial<Record<EventName, Change>>> = {
  'channelgroup.initialized': initialized,
  'channel.initialized': initialized,
  'interaction.initialized': initialized,
  'conversation.initialized': initialized,
  'state.updated': stated,
  'channel.infochanged': informed,
  'channel.externaldispositions.updated': (object, { dispositions }) => ({
    ...object,
    dispositions: dispositionsOf(dispositions),
  }),
  'interaction.datachanged': withData,
  'interaction.preview': withData,
  'interaction.screenpop': withData,
  'interaction.focuschanged': (object, { conversation }) => ({
    ...object,
    focus: isJsonObject(conversation) ? textOf(conversation['id']) : null,
  }),
  'conversation.member.added': joined,
  'conversation.member.removed': left,
  'conversation.busy': (object) => ({ ...object, failure: 'busy' }),
  'conversation.failed': failed,
  'conversation.transfer.failed': failed,
  'conversation.conference.failed': failed,
};
