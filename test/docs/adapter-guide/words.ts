import {
  ADDRESS_BOOK_TYPES,
  AGENT_LEG_ACTIONS,
  AGENT_LEG_STATES,
  AGENT_STATUSES,
  CHANNEL_STATES,
  CHANNEL_TYPES,
  CONVERSATION_STATES,
  INTERACTION_STATES,
} from '../../../libs/cti-protocol/src/words.ts';

/** Properties that know a few words only: where they stand, the words, and what an author has to know of them. */
export const WORDS: readonly (readonly [where: string, words: readonly string[], means: string])[] = [
  [
    '`type` of a channel',
    CHANNEL_TYPES,
    'with any other type the channel is shown, and nothing can be done on it',
  ],
  ['`channel-state`', CHANNEL_STATES, 'nobody logged in; somebody else is; the agent is'],
  [
    '`status` of `agent-state`',
    AGENT_STATUSES,
    'one of the first three is enough: Cordboard knows who is busy. `after_call_work` when the agent is not ready with the reason `acw`',
  ],
  [
    '`interaction-state`',
    INTERACTION_STATES,
    'offered to the agent; dialled by the agent; answered; over; wrapped up. A call has a `primary` conversation in the first three, and none (`{}`) in the others',
  ],
  [
    '`conversation-state`',
    CONVERSATION_STATES,
    'rings at the agent; dialled by the agent; both hear each other; on hold; over; the agent is not heard',
  ],
  ['`action` of `session.request.agentleg`', AGENT_LEG_ACTIONS, ''],
  ['`state` of `session.agentleg`', AGENT_LEG_STATES, ''],
  ['`type` of an entry of an address book', ADDRESS_BOOK_TYPES, ''],
];
