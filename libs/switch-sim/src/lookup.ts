import { deriveId, err, ok, type Result } from '@cordboard/kernel';
import { type Agent, type Call, type Leg, type SwitchState } from './model.ts';
import { type SwitchRejection } from './switch-input.ts';

export const reject = (
  code: SwitchRejection['code'],
  message: string,
): { readonly ok: false; readonly error: SwitchRejection } => err({ code, message });

/** The id of the next thing that an input makes. */
export const newId = (state: SwitchState, seed: string): string => deriveId(seed, state.idsMade % 65_536);

export const agentOf = (state: SwitchState, id: string): Agent | undefined =>
  Object.hasOwn(state.agents, id) ? state.agents[id] : undefined;

export const callOf = (state: SwitchState, id: string): Call | undefined =>
  Object.hasOwn(state.calls, id) ? state.calls[id] : undefined;

export const legOf = (state: SwitchState, agent: string, leg: string): Leg | undefined =>
  agentOf(state, agent)?.legs.find(({ id }) => id === leg);

/** The leg that the agent has not completed yet, if any. */
export const openLeg = (agent: Agent): Leg | undefined =>
  agent.legs.find(({ interaction }) => interaction !== 'COMPLETED');

/** The leg that still has a call behind it, if any. */
export const liveLeg = (agent: Agent): Leg | undefined =>
  agent.legs.find(({ media }) => media !== 'RELEASED');

/** Whether the agent's phone can ring. */
export const isReachable = (agent: Agent): boolean =>
  agent.loggedIn && agent.active && openLeg(agent) === undefined;

export const liveCalls = (state: SwitchState): readonly Call[] =>
  Object.values(state.calls).filter(({ status }) => status !== 'ended');

export const findAgent = (state: SwitchState, id: string): Result<Agent, SwitchRejection> => {
  const agent = agentOf(state, id);
  if (agent === undefined) return reject('unknown', `there is no agent ${id}`);
  return ok(agent);
};

export const findLoggedIn = (state: SwitchState, id: string): Result<Agent, SwitchRejection> => {
  const found = findAgent(state, id);
  if (found.ok && !found.value.loggedIn) return reject('wrong-state', `agent ${id} is not logged in`);
  return found;
};

/** Whether this password opens this agent's phone. */
export const passwordFits = (state: SwitchState, agent: string, password: string): boolean =>
  agentOf(state, agent)?.password === password;
