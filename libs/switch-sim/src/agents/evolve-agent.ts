import { putAgent } from '../lists/put-agent.ts';
import { agentOf } from '../lookup.ts';
import { type Agent, type Channel, type SwitchState } from '../model.ts';
import { type SwitchEvent } from '../switch-event.ts';
import { newChannel } from './new-channel.ts';

const channelChange = (event: SwitchEvent): Partial<Channel> | null => {
  switch (event.type) {
    case 'ChannelActivated':
      return { active: true };
    case 'ChannelDeactivated':
      return { active: false, ready: false, reasonCode: '', reasonName: '' };
    case 'ChannelTaken':
      return { active: false, ready: false, reasonCode: '', reasonName: '', taken: true };
    case 'ChannelFreed':
      return { taken: false };
    case 'AgentReady':
      return {
        ready: true,
        reasonCode: '',
        reasonName: '',
        ...(event.busy ? {} : { idleSince: event.at }),
      };
    case 'AgentNotReady':
      return { ready: false, reasonCode: event.reasonCode, reasonName: event.reasonName };
    default:
      return null;
  }
};

const withAdded = (agent: Agent, ...added: readonly Channel[]): Agent => ({
  ...agent,
  channels: { ...agent.channels, ...Object.fromEntries(added.map((channel) => [channel.endPoint, channel])) },
});

const intoGroup = (agent: Agent, group: string, endPoint: string): Agent => ({
  ...agent,
  groups: { ...agent.groups, [group]: [...(agent.groups[group] ?? []), endPoint] },
});

const without = (agent: Agent, endPoint: string): Agent => ({
  ...agent,
  channels: Object.fromEntries(Object.entries(agent.channels).filter(([id]) => id !== endPoint)),
  groups: Object.fromEntries(
    Object.entries(agent.groups).map(([group, ids]) => [group, ids.filter((id) => id !== endPoint)]),
  ),
});

/** An agent as before logging in. */
export const loggedOut = (agent: Agent): Agent => ({
  ...agent,
  loggedIn: false,
  channels: { [agent.id]: newChannel(agent.id, 'TELEPHONY') },
  groups: { TEAM: [agent.id] },
  agentLeg: 'disconnected',
});

const changed = (agent: Agent, event: SwitchEvent): Agent => {
  switch (event.type) {
    case 'AgentLoggedIn':
      return { ...agent, loggedIn: true };
    case 'AgentLoggedOut':
      return loggedOut(agent);
    case 'AgentLegChanged':
      return { ...agent, agentLeg: event.to };
    case 'GroupOpened': {
      const endPoints = event.channels.map(({ endPoint }) => endPoint);
      const next = withAdded(agent, ...event.channels);
      return { ...next, groups: { ...next.groups, [event.group]: endPoints } };
    }
    case 'GroupClosed': {
      const left = (agent.groups[event.group] ?? []).reduce(without, agent);
      return {
        ...left,
        groups: Object.fromEntries(Object.entries(left.groups).filter(([id]) => id !== event.group)),
      };
    }
    case 'ChannelAdded':
      return withAdded(agent, event.added);
    case 'ChannelJoined':
      return intoGroup(withAdded(agent, event.added), event.group, event.channel);
    case 'ChannelVanished':
      return without(agent, event.channel);
    default:
      return agent;
  }
};

/** Folds an event into the agent and the channel that it concerns. */
export const evolveAgent = (state: SwitchState, event: SwitchEvent): SwitchState => {
  const agent = 'agent' in event ? agentOf(state, event.agent) : undefined;
  if (agent === undefined) return state;
  const change = channelChange(event);
  const channel = 'channel' in event ? agent.channels[event.channel] : undefined;
  const next =
    change === null || channel === undefined
      ? changed(agent, event)
      : withAdded(agent, { ...channel, ...change });
  return next === agent ? state : putAgent(state, next);
};
