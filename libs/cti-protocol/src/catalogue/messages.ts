import { CHANNEL_GROUP_MESSAGES } from './channel-group-messages.ts';
import { CHANNEL_MESSAGES } from './channel-messages.ts';
import { CONTROL_MESSAGES } from './control-messages.ts';
import { CONVERSATION_MESSAGES } from './conversation-messages.ts';
import { INTERACTION_MESSAGES } from './interaction-messages.ts';
import { SESSION_MESSAGES } from './session-messages.ts';
import { type MessageRow } from './message-row.ts';

const ROWS = [
  ...CONTROL_MESSAGES,
  ...SESSION_MESSAGES,
  ...CHANNEL_GROUP_MESSAGES,
  ...CHANNEL_MESSAGES,
  ...INTERACTION_MESSAGES,
  ...CONVERSATION_MESSAGES,
];

/** Literal name of a query, request or event. */
export type MessageName = (typeof ROWS)[number]['name'];

/** Name of a message that adapters send unasked. */
export type EventName = Extract<(typeof ROWS)[number], { readonly kind: 'event' }>['name'];

/** Name of a message that is answered. */
export type QuestionName = Exclude<MessageName, EventName>;

/** Every message of the bridge but the answers, which carry the name of their question. */
export const MESSAGES: readonly (MessageRow & { readonly name: MessageName })[] = ROWS;

const byName = new Map<string, (typeof MESSAGES)[number]>(MESSAGES.map((row) => [row.name, row]));

/** The catalogue's row of that name, or null. Names are case-sensitive. */
export const messageRow = (name: string): (typeof MESSAGES)[number] | null => byName.get(name) ?? null;
