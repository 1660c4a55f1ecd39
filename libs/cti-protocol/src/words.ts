/** Log-in state of a channel (bridge D.3). */
export const CHANNEL_STATES = ['INACTIVE', 'UNAVAILABLE', 'ACTIVE'] as const;
/** Availability as an adapter reports it (bridge B.4); the `busy` forms are taken as well. */
export const AGENT_STATUSES = [
  'ready',
  'not_ready',
  'after_call_work',
  'busy',
  'busy_ready',
  'busy_not_ready',
  'busy_after_call_work',
] as const;
/** Media that the engine supports (bridge B.3); any other makes an unsupported channel (bridge B.4). */
export const CHANNEL_TYPES = ['TELEPHONY', 'CHAT', 'EMAIL', 'CALLBACK'] as const;
/** State of an interaction (bridge B.5). */
export const INTERACTION_STATES = ['ALERTING', 'DIALING', 'STARTED', 'ENDED', 'COMPLETED'] as const;
/** State of a conversation (bridge B.7, F-03). */
export const CONVERSATION_STATES = ['RINGING', 'DIALING', 'TALKING', 'HELD', 'RELEASED', 'MUTE'] as const;
/** State of an adapter (bridge C.1). */
export const PROCESSOR_STATUSES = ['STARTING', 'STARTED', 'STOPPING', 'STOPPED'] as const;
/** What the agent's voice leg is told to do, and how it is (extension family). */
export const AGENT_LEG_ACTIONS = ['connect', 'disconnect'] as const;
export const AGENT_LEG_STATES = ['connected', 'disconnected', 'failed'] as const;
/** What an entry of an address book stands for (agent protocol A10). */
export const ADDRESS_BOOK_TYPES = ['external', 'agent', 'skill'] as const;
