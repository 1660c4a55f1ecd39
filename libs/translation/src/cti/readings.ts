import { readAnswer } from '@cordboard/cti-protocol';
import { type AgentInfo, type SwitchReading } from '@cordboard/domain';
import { type JsonObject, ok, type Result } from '@cordboard/kernel';
import { interactionData, membersOf, prose } from './plain-values.ts';

type Read = Result<SwitchReading, string>;

/** Fits the names of things that are read, so that a reader can be found by the type of its request. */
export type Reader = (body: JsonObject) => Read;

interface ChannelListed {
  readonly 'end-point': string;
  readonly type: string;
}

const channelOf = ({ 'end-point': nativeId, type }: ChannelListed) => ({
  nativeId,
  channelType: type.toUpperCase(),
});

export const readSession: Reader = (body) => {
  const answer = readAnswer('session.query.init', body);
  if (!answer.ok) return answer;
  const groups = answer.value['channel-groups'].map(({ id, name }) =>
    name === undefined || name === '' ? { nativeId: id } : { nativeId: id, name: prose(name) },
  );
  return ok({ of: 'session', groups, channels: (answer.value.channels ?? []).map(channelOf) });
};

export const readChannelGroup: Reader = (body) => {
  const answer = readAnswer('channelgroup.query.init', body);
  return answer.ok ? ok({ of: 'channelgroup', channels: answer.value.channels.map(channelOf) }) : answer;
};

const agentInfo = (agent: {
  status: AgentInfo['status'];
  'reason-code'?: string;
  'reason-name'?: string;
}): AgentInfo => ({
  status: agent.status,
  lastReasonCode: agent['reason-code'] ?? (agent.status.endsWith('after_call_work') ? 'acw' : ''),
  lastReasonName: prose(agent['reason-name'] ?? ''),
});

export const readChannel: Reader = (body) => {
  const answer = readAnswer('channel.query.init', body);
  if (!answer.ok) return answer;
  const agent = answer.value['agent-state'];
  return ok({
    of: 'channel',
    state: answer.value['channel-state'],
    agent: agent === undefined ? null : agentInfo(agent),
    interactions: (answer.value.interactions ?? []).map(({ id }) => ({ nativeId: id })),
  });
};

const LIVE = ['ALERTING', 'DIALING', 'STARTED'];

/** V-1 and V-4: conversations that cannot be are ignored; V-2: none is no error; V-3: a consult needs STARTED. */
export const readInteraction: Reader = (body) => {
  const answer = readAnswer('interaction.query.init', body);
  if (!answer.ok) return answer;
  const { 'interaction-state': state, 'interaction-data': data, conversations } = answer.value;
  return ok({
    of: 'interaction',
    state,
    data: interactionData(data ?? {}),
    primary: LIVE.includes(state) ? (conversations?.primary?.id ?? null) : null,
    consult: state === 'STARTED' ? (conversations?.consult?.id ?? null) : null,
  });
};

/** V-7 and V-8: without parties the list is empty. */
export const readConversation: Reader = (body) => {
  const answer = readAnswer('conversation.query.init', body);
  if (!answer.ok) return answer;
  const { 'conversation-state': state, parties } = answer.value;
  return ok({ of: 'conversation', state, members: membersOf(parties ?? []) });
};

/** The new leg; a switch that does not name it announces it with an event. */
export const readConsult: Reader = (body) => {
  const answer = readAnswer('interaction.request.consult', body);
  return answer.ok ? ok({ of: 'consult', nativeId: answer.value.nativeid || null }) : answer;
};
