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

/** The reason code of an agent who did not answer in time. */
export const NO_ANSWER = 'rona';

/** Who did not answer what the queue offered is no longer ready; who was not ready already stays so. */
export const putAway =
  (agentId: string, endPoint: string, at: number): Step =>
  (state) => {
    const agent = agentOf(state, agentId);
    const channel = agent && channelOf(agent, endPoint);
    if (agent === undefined || channel === undefined) return [];
    if (!channel.ready) return becomesFree(agentId, endPoint, at)(state);
    const away = { ...channel, ready: false, reasonCode: NO_ANSWER, reasonName: 'No answer' };
    return [statusEvent(agentId, away, openWorks(agent, endPoint).length > 0, at)];
  };

/** Before something is offered: the first on a channel makes it busy. */
export const becomesBusy = statusWhileIdle(true);
/** After something is over: the last on a channel makes it free. */
export const becomesFree = statusWhileIdle(false);
