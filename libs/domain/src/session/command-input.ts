import { type SessionInput } from '../session-input.ts';

/** A command as it comes in through the door of the aggregate. */
export type CommandInput = Extract<SessionInput, { kind: 'command' }>;
