import { ok } from '@cordboard/kernel';
import {
  channelOf,
  type Decision,
  findAgent,
  findLoggedIn,
  openWorks,
  reject,
  runningWorks,
  workRef,
} from '../lookup.ts';
import { type Agent, type SwitchState } from '../model.ts';
import { type SwitchEvent } from '../switch-event.ts';
import { type AgentOperation } from '../switch-input.ts';
import { GROUPS, groupPlan, isGroup, isPlanned, standAlonePlan, TEAM } from './channel-plan.ts';
import { joinChannel } from './join-channel.ts';
import { newChannel } from './new-channel.ts';

type Named<Kind extends AgentOperation['kind']> = Extract<AgentOperation, { readonly kind: Kind }>;

/** The agent whose line to the ear cannot be connected. */
const DEAF_AGENT = '1010';

const logIn = (agent: Agent, { extension }: Named<'log-in'>): Decision => {
  if (extension !== undefined && extension !== agent.id) {
    return reject('invalid', `agent ${agent.id} works at extension ${agent.id} only`);
  }
  return ok(agent.loggedIn ? [] : [{ type: 'AgentLoggedIn', agent: agent.id }]);
};

const logOut = (agent: Agent, { byPhone = false }: Named<'log-out'>): Decision => {
  const { id } = agent;
  if (!agent.loggedIn) return ok([]);
  if (runningWorks(agent).length > 0)
    return reject('wrong-state', `agent ${id} has an interaction: end it before logging out`);
  const completed = openWorks(agent).map((work): SwitchEvent => ({
    type: 'WorkCompleted',
    ...workRef(work),
  }));
  const left = Object.values(agent.channels)
    .filter(({ active }) => active)
    .map(({ endPoint }): SwitchEvent => ({ type: 'ChannelDeactivated', agent: id, channel: endPoint }));
  return ok([...completed, ...left, { type: 'AgentLoggedOut', agent: id, byPhone }]);
};

/** The group shall hold what is asked for; what joined by itself or is in use stays. */
const openGroup = (agent: Agent, input: Named<'open-group'>): Decision => {
  const { group } = input;
  if (!isGroup(group))
    return reject('invalid', `there is no group ${group.slice(0, 40)}: use one of ${GROUPS.join(', ')}`);
  const present = agent.groups[group] ?? [];
  const planned = groupPlan(agent.id, group, input);
  const kept = present.filter(
    (endPoint) => !isPlanned(agent, group, endPoint) || openWorks(agent, endPoint).length > 0,
  );
  const wanted = [...planned.map(({ endPoint }) => endPoint), ...kept];
  const same =
    present.length === new Set(wanted).size && present.every((endPoint) => wanted.includes(endPoint));
  if (same) return ok([]);
  const typeOf = new Map(planned.map(({ endPoint, type }) => [endPoint, type]));
  const channels = [...new Set(wanted)].map(
    (endPoint) => channelOf(agent, endPoint) ?? newChannel(endPoint, typeOf.get(endPoint) ?? ''),
  );
  return ok([{ type: 'GroupOpened', agent: agent.id, group, channels }]);
};

const closeGroup = (agent: Agent, { group }: Named<'close-group'>): Decision => {
  const endPoints = agent.groups[group];
  if (endPoints === undefined) return ok([]);
  if (group === TEAM) return reject('invalid', `the group ${TEAM} stays as long as the agent is logged in`);
  return endPoints.some((endPoint) => openWorks(agent, endPoint).length > 0)
    ? reject('wrong-state', `agent ${agent.id} has an interaction in ${group}: complete it first`)
    : ok([{ type: 'GroupClosed', agent: agent.id, group }]);
};

const addChannel = (agent: Agent, { channel }: Named<'add-channel'>): Decision => {
  const plan = standAlonePlan(agent.id);
  const planned = plan.find(({ endPoint }) => endPoint === channel);
  if (channelOf(agent, channel) !== undefined) return ok([]);
  if (planned === undefined) {
    const endPoints = plan.map(({ endPoint }) => endPoint).join(', ');
    return reject('invalid', `${channel.slice(0, 40)} cannot stand alone: use one of ${endPoints}`);
  }
  return ok([{ type: 'ChannelAdded', agent: agent.id, channel, added: newChannel(channel, planned.type) }]);
};

const connectLeg = ({ id, agentLeg }: Agent): Decision => {
  if (id === DEAF_AGENT)
    return ok([{ type: 'AgentLegFailed', agent: id, reason: 'the agent did not pick up: try again' }]);
  return ok(agentLeg === 'connected' ? [] : [{ type: 'AgentLegChanged', agent: id, to: 'connected' }]);
};

/** Decides what an agent's operation leads to. */
export const decideAgentOperation = (state: SwitchState, input: AgentOperation): Decision => {
  const needsLogIn = input.kind !== 'log-in' && input.kind !== 'log-out';
  const found = needsLogIn ? findLoggedIn(state, input.agent) : findAgent(state, input.agent);
  if (!found.ok) return found;
  const agent = found.value;
  switch (input.kind) {
    case 'log-in':
      return logIn(agent, input);
    case 'log-out':
      return logOut(agent, input);
    case 'open-group':
      return openGroup(agent, input);
    case 'close-group':
      return closeGroup(agent, input);
    case 'add-channel':
      return addChannel(agent, input);
    case 'join-channel':
      return joinChannel(agent, input);
    case 'connect-leg':
      return connectLeg(agent);
    case 'disconnect-leg':
      return ok(
        agent.agentLeg === 'disconnected'
          ? []
          : [{ type: 'AgentLegChanged', agent: agent.id, to: 'disconnected' }],
      );
  }
};
