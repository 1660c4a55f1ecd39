import { type GroupCommand } from '../command.ts';
import { type Draft } from '../session/draft.ts';

/** Begins what a command on a group asks for, once it is accepted (agent protocol B2). */
export const carryOutOnGroup = (_draft: Draft, _command: GroupCommand, _commandId: string): void => undefined;
