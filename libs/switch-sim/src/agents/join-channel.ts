import { ok } from '@cordboard/kernel';
import { MAX_CHANNELS } from '../limits.ts';
import { channelOf, type Decision, reject } from '../lookup.ts';
import { type Agent } from '../model.ts';
import { TEAM } from './channel-plan.ts';
import { newChannel } from './new-channel.ts';

const END_POINT = /^[A-Za-z0-9_-]{1,64}$/;
const TYPE = /^[A-Z]{1,32}$/;

interface Joining {
  readonly channel: string;
  readonly type: string;
  readonly group?: string | undefined;
}

/** A channel comes into a group by itself. */
export const joinChannel = (agent: Agent, { channel, type, group = TEAM }: Joining): Decision => {
  if (!END_POINT.test(channel))
    return reject('invalid', 'the end-point must be 1 to 64 of letters, digits, _ and -');
  if (!TYPE.test(type)) return reject('invalid', 'type must be in capitals, as in CHAT');
  if (agent.groups[group] === undefined) return reject('unknown', `agent ${agent.id} has no group ${group}`);
  if (channelOf(agent, channel) !== undefined) return reject('wrong-state', `${channel} is there already`);
  if (Object.keys(agent.channels).length >= MAX_CHANNELS)
    return reject('limit', `an agent has ${String(MAX_CHANNELS)} channels at most: remove one first`);
  return ok([{ type: 'ChannelJoined', agent: agent.id, channel, group, added: newChannel(channel, type) }]);
};
