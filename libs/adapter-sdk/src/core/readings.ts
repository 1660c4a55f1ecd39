import { type JsonObject, ok } from '@cordboard/kernel';
import {
  type ChannelFound,
  type ChannelReading,
  type ConversationReading,
  type GroupReading,
  type InteractionReading,
  type SessionReading,
} from './handler-data.ts';
import { type Answer } from './handlers.ts';

/** The same answer with its data turned into the body of the bridge. */
export const thenBody = <Data>(
  answer: Answer<Data>,
  toBody: (data: Data) => JsonObject,
): Answer<JsonObject> => {
  if (answer instanceof Promise)
    return answer.then((settled) => (settled.ok ? ok(toBody(settled.value)) : settled));
  return answer.ok ? ok(toBody(answer.value)) : answer;
};

const listed = ({ endPoint, type }: ChannelFound): JsonObject => ({ 'end-point': endPoint, type });

export const sessionBody = ({ groups, channels = [] }: SessionReading): JsonObject => ({
  'channel-groups': groups.map(({ id, name }) => ({ id, name })),
  channels: channels.map(listed),
});

export const groupBody = ({ channels }: GroupReading): JsonObject => ({ channels: channels.map(listed) });

export const channelBody = ({ state, agent, interactions }: ChannelReading): JsonObject => ({
  'channel-state': state,
  'agent-state': agent && {
    status: agent.status,
    'reason-code': agent.reasonCode,
    'reason-name': agent.reasonName,
  },
  interactions: interactions.map((id) => ({ id })),
});

export const interactionBody = ({ state, data, conversations }: InteractionReading): JsonObject => ({
  'interaction-state': state,
  'interaction-data': data,
  conversations: conversations && {
    primary: conversations.primary === undefined ? undefined : { id: conversations.primary },
    consult: conversations.consult === undefined ? undefined : { id: conversations.consult },
  },
});

export const conversationBody = ({ state, parties }: ConversationReading): JsonObject => ({
  'conversation-state': state,
  parties: parties.map(({ number, name }) => ({ number, name: name ?? '' })),
});
