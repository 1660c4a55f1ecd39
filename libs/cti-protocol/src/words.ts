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
/** State of an interaction (bridge B.5). */
export const INTERACTION_STATES = ['ALERTING', 'DIALING', 'STARTED', 'ENDED', 'COMPLETED'] as const;
/** State of a conversation (bridge B.7, F-03). */
export const CONVERSATION_STATES = ['RINGING', 'DIALING', 'TALKING', 'HELD', 'RELEASED', 'MUTE'] as const;
/** State of an adapter (bridge C.1). */
export const PROCESSOR_STATUSES = ['STARTING', 'STARTED', 'STOPPING', 'STOPPED'] as const;
