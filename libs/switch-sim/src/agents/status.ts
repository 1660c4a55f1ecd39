import { agentOf, channelOf, openWorks } from '../lookup.ts';
import { type Channel } from '../model.ts';
import { type Step } from '../steps.ts';
import { type SwitchEvent } from '../switch-event.ts';

/** What a channel now says of its agent: available or not, handling something there or not. */
export const statusEvent = (agent: string, channel: Channel, busy: boolean, at: number): SwitchEvent =>
  channel.ready
    ? { type: 'AgentReady', agent, channel: channel.endPoint, busy, at }
    : {
        type: 'AgentNotReady',
        agent,
        channel: channel.endPoint,
        busy,
        reasonCode: channel.reasonCode,
        reasonName: channel.reasonName,
      };

const statusWhileIdle =
  (busy: boolean) =>
  (agentId: string, endPoint: string, at: number): Step =>
  (state) => {
    const agent = agentOf(state, agentId);
    const channel = agent && channelOf(agent, endPoint);
    if (agent === undefined || channel === undefined || openWorks(agent, endPoint).length > 0) return [];
    return [statusEvent(agentId, channel, busy, at)];
  };

/** Before something is offered: the first on a channel makes it busy. */
export const becomesBusy = statusWhileIdle(true);
/** After something is over: the last on a channel makes it free. */
export const becomesFree = statusWhileIdle(false);
