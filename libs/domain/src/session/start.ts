import { type House, modelOf } from '../house.ts';
import { type SwitchAnswer, type SwitchRequest } from '../switch-request.ts';
import { complete, isAsked, outcomeOf, SUCCESS } from './commands-under-way.ts';
import { ask, type Draft, sessionTarget } from './draft.ts';
import { type PendingRequest, type SessionState } from './session-state.ts';

/** Asks for the log-in once nothing is left of an earlier attempt; true when something was emitted. */
export const startStep = (draft: Draft): boolean => {
  const state = draft.state();
  const command = state.commands.find((one) => one.command.type === 'StartSession');
  if (state.phase !== 'STARTING' || command?.command.type !== 'StartSession') return false;
  if (isAsked(state, ['CreateSession', 'ReadSession', 'DisposeSession'], state.session)) return false;
  const extension = command.command.extension ?? state.extension;
  const agent = extension === null ? state.agent : { ...state.agent, extension };
  ask(draft, { type: 'CreateSession', target: sessionTarget(draft), agent }, command.commandId);
  return true;
};

/** Whether the switch may hold something although it did not say yes. */
export const isUncertain = (answer: SwitchAnswer): boolean =>
  !answer.ok && answer.cause !== 'refused' && answer.cause !== 'never-seen' && answer.cause !== 'unreachable';

const startFailed = (draft: Draft, { request, commandId }: PendingRequest, answer: SwitchAnswer): void => {
  complete(draft, commandId, outcomeOf(answer));
  if (request.type === 'ReadSession' || isUncertain(answer)) {
    ask(draft, { type: 'DisposeSession', target: sessionTarget(draft) });
  }
};

/** The reading names what the call model of the session starts with (bridge D.4). */
export const readingOf = ({ session, agent, model }: SessionState, house: House): SwitchRequest => {
  const { group: name = agent.id, chat, email, callback } = modelOf(house, model);
  return { type: 'ReadSession', target: { session }, name, chat, email, callback };
};

export const readSession = (draft: Draft, commandId?: string): void =>
  ask(draft, readingOf(draft.state(), draft.house), commandId);

/** Goes on with the start, or with a second reading after a logout that failed. */
export const followStart = (draft: Draft, pending: PendingRequest, answer: SwitchAnswer): void => {
  if (draft.state().phase !== 'STARTING') return;
  if (!answer.ok) return startFailed(draft, pending, answer);
  if (pending.request.type === 'CreateSession') return readSession(draft, pending.commandId);
  draft.emit('SessionStarted', sessionTarget(draft), {});
  complete(draft, pending.commandId, SUCCESS);
};
