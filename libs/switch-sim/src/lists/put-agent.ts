import { CAPACITY } from '../limits.ts';
import { agentOf, isOpen } from '../lookup.ts';
import { type Agent, type Idle, type SwitchState } from '../model.ts';
import { byText, exchanged, type Order } from './sorted.ts';
import { withRow } from './table.ts';

const byIdleness: Order<Idle> = (one, other) =>
  one.load - other.load ||
  one.since - other.since ||
  byText(one.agent, other.agent) ||
  byText(one.channel, other.channel);

/** The channels of one agent where the queue may offer something, with their types. */
const idleOf = (agent: Agent | undefined): readonly (Idle & { readonly type: string })[] => {
  if (agent?.loggedIn !== true) return [];
  const open = agent.works.filter(isOpen);
  const onCall = open.some(({ type }) => type === 'TELEPHONY');
  return Object.values(agent.channels).flatMap(({ endPoint, type, active, ready, idleSince }) => {
    const load = open.filter(({ channel }) => channel === endPoint).length;
    const isFree = active && ready && load < (CAPACITY[type] ?? 0) && !(type === 'TELEPHONY' && onCall);
    return isFree ? [{ agent: agent.id, channel: endPoint, load, since: idleSince, type }] : [];
  });
};

const idleLists = (state: SwitchState, agent: Agent): SwitchState['lists']['idle'] => {
  const { idle } = state.lists;
  const [before, now] = [idleOf(agentOf(state, agent.id)), idleOf(agent)];
  const types = new Set([...before, ...now].map(({ type }) => type));
  const changed = [...types].flatMap((type) => {
    const ofType = (item: { readonly type: string }): boolean => item.type === type;
    const list = idle[type] ?? [];
    const next = exchanged(list, before.filter(ofType), now.filter(ofType), byIdleness);
    return next === list ? [] : [[type, next] as const];
  });
  return changed.length === 0 ? idle : { ...idle, ...Object.fromEntries(changed) };
};

/** The switch with this agent as it is now. */
export const putAgent = (state: SwitchState, agent: Agent): SwitchState => ({
  ...state,
  agents: withRow(state.agents, agent),
  lists: { ...state.lists, idle: idleLists(state, agent) },
});
