import { formatTarget } from '@cordboard/kernel';
import { type Command } from '../command.ts';
import { knownChannel } from '../objects.ts';
import { offers } from '../session/capabilities.ts';
import { commandUnderWay, complete, GONE, outcomeOf } from '../session/commands-under-way.ts';
import { ask, type Draft } from '../session/draft.ts';
import { type PendingRequest, type SessionState } from '../session/session-state.ts';
import { type SwitchAnswer } from '../switch-request.ts';
import { refuseInactive } from './channel-refusal.ts';

type Dial = Extract<Command, { type: 'Dial' }>;

const askDial = (draft: Draft, { target, destination, extensions }: Dial, commandId: string): void => {
  const extended = Object.keys(extensions ?? {}).length > 0;
  ask(draft, { type: 'Dial', target, destination, ...(extended ? { extensions } : {}) }, commandId);
};

/** The skill under which the call goes out may have to be chosen first, where a choice can be passed on (A5). */
const needsSkill = (state: SessionState, { extensions }: Dial): boolean =>
  offers(state, 'outboundskills-supported') &&
  offers(state, 'dial-extensions-supported') &&
  (extensions?.skillId ?? '') === '';

/** Begins to dial: at once, or by asking which skills may call this number. */
export const beginDial = (draft: Draft, command: Dial, commandId: string): void => {
  const { target, destination } = command;
  if (!needsSkill(draft.state(), command)) return askDial(draft, command, commandId);
  ask(draft, { type: 'ReadOutboundSkills', target, destination }, commandId);
};

/** Skills to choose from end the command, nothing was dialled then; without any the number is dialled. */
export const followSkills = (draft: Draft, { commandId }: PendingRequest, answer: SwitchAnswer): void => {
  const command = commandUnderWay(draft.state(), commandId)?.command;
  if (command?.type !== 'Dial' || commandId === undefined) return;
  if (!answer.ok) return complete(draft, commandId, outcomeOf(answer));
  const skills = answer.reading.of === 'outboundskills' ? answer.reading.skills : [];
  if (skills.length > 0) return complete(draft, commandId, { result: 'needinfo', skills });
  const channel = knownChannel(draft.state(), formatTarget(command.target));
  if (channel === undefined) return complete(draft, commandId, GONE);
  const refused = refuseInactive(channel);
  if (refused === null) askDial(draft, command, commandId);
  else complete(draft, commandId, { result: 'failure', ...refused });
};
