import { ok } from '@cordboard/kernel';
import { dial } from '../calls/dial.ts';
import { channelOf, type Decision, findLoggedIn, openWorks, reject, runningWorks } from '../lookup.ts';
import { type Agent, type Channel, type SwitchState } from '../model.ts';
import { offerQueued } from '../queue.ts';
import { inOrder, say } from '../steps.ts';
import { type SwitchEvent } from '../switch-event.ts';
import { type Arrival, type ChannelOperation } from '../switch-input.ts';
import { statusEvent } from './status.ts';

interface Place {
  readonly agent: Agent;
  readonly channel: Channel;
}

const refOf = ({ agent, channel }: Place) => ({ agent: agent.id, channel: channel.endPoint });
const isBusy = ({ agent, channel }: Place): boolean => openWorks(agent, channel.endPoint).length > 0;

const inUse = ({ agent, channel }: Place): Decision | null =>
  runningWorks(agent, channel.endPoint).length === 0
    ? null
    : reject('wrong-state', `agent ${agent.id} has an interaction on ${channel.endPoint}: end it first`);

const whenActive = (place: Place, then: () => Decision): Decision =>
  place.channel.active
    ? then()
    : reject('wrong-state', `${place.channel.endPoint} is not active: activate the channel first`);

const activate = (state: SwitchState, place: Place, arrival: Arrival): Decision => {
  if (place.channel.active) return ok([]);
  if (place.channel.taken)
    return reject('wrong-state', `another agent has ${place.channel.endPoint}: wait until it is free`);
  const activated: SwitchEvent = { type: 'ChannelActivated', ...refOf(place) };
  return ok(inOrder(state, say(activated), offerQueued(arrival)));
};

const ready = (state: SwitchState, place: Place, arrival: Arrival): Decision => {
  const { agent, channel } = place;
  if (channel.ready) return ok([]);
  const status = statusEvent(agent.id, { ...channel, ready: true }, isBusy(place), arrival.at);
  return ok(inOrder(state, say(status), offerQueued(arrival)));
};

const notReady = (
  place: Place,
  { reasonCode, reasonName = '' }: Extract<ChannelOperation, { readonly kind: 'not-ready' }>,
): Decision => {
  const { channel } = place;
  const same = !channel.ready && channel.reasonCode === reasonCode && channel.reasonName === reasonName;
  if (same) return ok([]);
  return ok([{ type: 'AgentNotReady', ...refOf(place), busy: isBusy(place), reasonCode, reasonName }]);
};

const vanish = (place: Place, byPhone: boolean): Decision => {
  const { agent, channel } = place;
  if (isBusy(place))
    return reject(
      'wrong-state',
      `agent ${agent.id} has an interaction on ${channel.endPoint}: complete it first`,
    );
  if (channel.endPoint === agent.id)
    return reject('invalid', 'the phone itself stays: log the agent out instead');
  const group = Object.entries(agent.groups).find(([, ids]) => ids.includes(channel.endPoint))?.[0] ?? null;
  return ok([{ type: 'ChannelVanished', ...refOf(place), group, byPhone }]);
};

const gone = (place: Place, type: 'ChannelDeactivated' | 'ChannelTaken', already: boolean): Decision =>
  already ? ok([]) : (inUse(place) ?? ok([{ type, ...refOf(place) }]));

/** Decides what an agent's operation on one channel leads to. */
export const decideChannelOperation = (state: SwitchState, input: Arrival & ChannelOperation): Decision => {
  const found = findLoggedIn(state, input.agent);
  if (!found.ok) return found;
  const agent = found.value;
  const endPoint = input.channel ?? agent.id;
  const channel = channelOf(agent, endPoint);
  if (channel === undefined) return reject('unknown', `agent ${agent.id} has no channel ${endPoint}`);
  const place = { agent, channel };
  switch (input.kind) {
    case 'activate':
      return activate(state, place, input);
    case 'deactivate':
      return gone(place, 'ChannelDeactivated', !channel.active);
    case 'ready':
      return whenActive(place, () => ready(state, place, input));
    case 'not-ready':
      return whenActive(place, () => notReady(place, input));
    case 'dial':
      return dial(state, agent, channel, input);
    case 'take-over':
      return gone(place, 'ChannelTaken', channel.taken);
    case 'free':
      return ok(channel.taken ? [{ type: 'ChannelFreed', ...refOf(place) }] : []);
    case 'remove-channel':
      return vanish(place, input.byPhone === true);
  }
};
