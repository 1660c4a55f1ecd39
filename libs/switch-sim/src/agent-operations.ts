import { ok, type Result } from '@cordboard/kernel';
import { dial } from './dial.ts';
import { findAgent, findLoggedIn, liveLeg, openLeg, reject } from './lookup.ts';
import { type Agent, type SwitchState } from './model.ts';
import { offerQueued } from './queue.ts';
import { inOrder, statusEvent } from './steps.ts';
import { type SwitchEvent } from './switch-event.ts';
import { type AgentOperation, type Arrival, type SwitchRejection } from './switch-input.ts';

type Decision = Result<readonly SwitchEvent[], SwitchRejection>;
type Named<Kind extends AgentOperation['kind']> = Arrival & Extract<AgentOperation, { readonly kind: Kind }>;

const isBusy = (agent: Agent): boolean => openLeg(agent) !== undefined;

const logIn = (state: SwitchState, input: Named<'log-in'>): Decision => {
  const found = findAgent(state, input.agent);
  if (!found.ok) return found;
  if (input.extension !== undefined && input.extension !== input.agent) {
    return reject('invalid', `agent ${input.agent} works at extension ${input.agent} only`);
  }
  return ok(found.value.loggedIn ? [] : [{ type: 'AgentLoggedIn', agent: input.agent }]);
};

const completeLegs = (agent: Agent): readonly SwitchEvent[] => {
  const leg = openLeg(agent);
  return leg === undefined ? [] : [{ type: 'LegCompleted', call: leg.call, agent: agent.id, leg: leg.id }];
};

const logOut = (state: SwitchState, { agent: id }: Named<'log-out'>): Decision => {
  const found = findAgent(state, id);
  if (!found.ok) return found;
  const agent = found.value;
  if (!agent.loggedIn) return ok([]);
  if (liveLeg(agent) !== undefined) return reject('wrong-state', `agent ${id} is on a call`);
  return ok([
    ...completeLegs(agent),
    ...(agent.active ? ([{ type: 'ChannelDeactivated', agent: id }] as const) : []),
    { type: 'AgentLoggedOut', agent: id },
  ]);
};

const activate = (agent: Agent): Decision =>
  ok(agent.active ? [] : [{ type: 'ChannelActivated', agent: agent.id }]);

const deactivate = (agent: Agent): Decision => {
  if (!agent.active) return ok([]);
  if (liveLeg(agent) !== undefined) return reject('wrong-state', `agent ${agent.id} is on a call`);
  return ok([{ type: 'ChannelDeactivated', agent: agent.id }]);
};

const ready = (state: SwitchState, agent: Agent, input: Named<'ready'>): Decision => {
  if (!agent.active) return reject('wrong-state', `the phone of agent ${agent.id} is not active`);
  if (agent.ready) return ok([]);
  const status = statusEvent({ ...agent, ready: true }, isBusy(agent), input.at);
  return ok(inOrder(state, () => [status], offerQueued(input)));
};

const notReady = (agent: Agent, input: Named<'not-ready'>): Decision => {
  if (!agent.active) return reject('wrong-state', `the phone of agent ${agent.id} is not active`);
  const { reasonCode, reasonName = '' } = input;
  const same = !agent.ready && agent.reasonCode === reasonCode && agent.reasonName === reasonName;
  if (same) return ok([]);
  return ok([{ type: 'AgentNotReady', agent: agent.id, busy: isBusy(agent), reasonCode, reasonName }]);
};

/** Decides what an agent's operation leads to. */
export const decideAgentOperation = (state: SwitchState, input: Arrival & AgentOperation): Decision => {
  if (input.kind === 'log-in') return logIn(state, input);
  if (input.kind === 'log-out') return logOut(state, input);
  const found = findLoggedIn(state, input.agent);
  if (!found.ok) return found;
  const agent = found.value;
  switch (input.kind) {
    case 'activate':
      return activate(agent);
    case 'deactivate':
      return deactivate(agent);
    case 'ready':
      return ready(state, agent, input);
    case 'not-ready':
      return notReady(agent, input);
    case 'dial':
      return dial(state, agent, input);
  }
};
