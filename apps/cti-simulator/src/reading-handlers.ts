import {
  type AdapterHandlers,
  type ChannelReading,
  type ConversationReading,
  type InteractionReading,
} from '@cordboard/adapter-sdk';
import { err, ok, type Result } from '@cordboard/kernel';
import {
  type Agent,
  agentOf,
  callOf,
  type Channel,
  channelOf,
  isLive,
  type Leg,
  lineOf,
  openWorks,
  type SwitchState,
  type Work,
  workOf,
} from '@cordboard/switch-sim';
import { type SwitchDriver } from './switch-driver.ts';

const channelState = ({ active, taken }: Channel): ChannelReading['state'] => {
  if (taken) return 'UNAVAILABLE';
  return active ? 'ACTIVE' : 'INACTIVE';
};

const channelReading = (agent: Agent, channel: Channel): ChannelReading => {
  const resting = channel.reasonCode === 'acw' ? 'after_call_work' : 'not_ready';
  return {
    state: channelState(channel),
    agent: {
      status: channel.ready ? 'ready' : resting,
      reasonCode: channel.reasonCode || undefined,
      reasonName: channel.reasonName || undefined,
    },
    interactions: openWorks(agent, channel.endPoint).map(({ id }) => id),
  };
};

/** A consult leg that outlived the first one is the only conversation, so it is read as the primary. */
const conversationsOf = ({ state, primary, consult }: Work): InteractionReading['conversations'] => {
  if (state === 'ENDED' || state === 'COMPLETED') return {};
  const [first, second] = [primary, consult].filter(isLive).map(({ id }) => id);
  return second === undefined ? { primary: first } : { primary: first, consult: second };
};

const interactionReading = (work: Work): InteractionReading => ({
  state: work.state,
  data: work.data,
  conversations: work.primary === null ? undefined : conversationsOf(work),
});

/** Who is on a leg; while nobody is, those who are being reached: a conversation has one party at least (V-8). */
const conversationReading = (state: SwitchState, { media, parties, call }: Leg): ConversationReading => {
  const awaited = (callOf(state, call)?.members ?? []).filter(({ invited }) => invited !== null);
  const present = parties.length > 0 ? parties : awaited.map(({ number, name }) => ({ number, name }));
  return { state: media, parties: present };
};

const gone = (): Result<never, string> => err('the switch no longer has this interaction');

const listed = ({ endPoint, type }: Channel) => ({ endPoint, type });

const channelsIn = (agent: Agent, endPoints: readonly string[]) =>
  endPoints.flatMap((endPoint) => channelOf(agent, endPoint) ?? []).map(listed);

/** The channels of an agent that are in no group. */
export const standAlone = (agent: Agent) => {
  const grouped = new Set(Object.values(agent.groups).flat());
  return Object.values(agent.channels)
    .filter(({ endPoint }) => !grouped.has(endPoint))
    .map(listed);
};

/** The init queries of the bridge, answered from the state of the switch. */
export const readingHandlers = (driver: SwitchDriver) => {
  const agentAt = (id: string): Agent | undefined => agentOf(driver.state, id);
  return {
    readGroup: ({ agent, group }) => {
      const found = agentAt(agent);
      const endPoints = found?.groups[group];
      return found === undefined || endPoints === undefined
        ? err(`there is no group ${group}`)
        : ok({ channels: channelsIn(found, endPoints) });
    },
    readChannel: ({ agent, channel }) => {
      const found = agentAt(agent);
      const one = found && channelOf(found, channel);
      return one === undefined || found === undefined
        ? err(`there is no channel ${channel}`)
        : ok(channelReading(found, one));
    },
    readInteraction: ({ agent, interaction }) => {
      const work = workOf(driver.state, agent, interaction);
      return work === undefined ? gone() : ok(interactionReading(work));
    },
    readData: ({ agent, interaction }, key) => {
      const work = workOf(driver.state, agent, interaction);
      if (work === undefined) return gone();
      if (key === undefined) return ok(work.data);
      const value = Object.hasOwn(work.data, key) ? work.data[key] : undefined;
      return ok(value === undefined ? {} : { [key]: value });
    },
    readConversation: ({ agent, interaction, conversation }) => {
      const line = lineOf(driver.state, agent, conversation);
      return line?.work.id !== interaction ? gone() : ok(conversationReading(driver.state, line.leg));
    },
  } satisfies Partial<AdapterHandlers>;
};
