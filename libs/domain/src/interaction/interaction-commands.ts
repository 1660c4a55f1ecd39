import { type InteractionCommand } from '../command.ts';
import { ask, type Draft } from '../session/draft.ts';

/** Begins what a command on an interaction asks for, once it is accepted (agent protocol B4). */
export const carryOutOnInteraction = (draft: Draft, command: InteractionCommand, commandId: string): void =>
  ask(draft, command, commandId);
