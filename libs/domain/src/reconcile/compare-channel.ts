import { baseStatus, isBusy, isSupported, type KnownChannel, UNKNOWN_AGENT } from '../channel/channel.ts';
import { followChannel } from '../channel/channel-facts.ts';
import { type Interaction } from '../interaction/interaction.ts';
import { knownChannel } from '../objects.ts';
import { childrenOf, isKnown } from '../placed.ts';
import { type SwitchReading } from '../switch-request.ts';
import { tearDownChannel } from '../session/tear-down.ts';
import { type AgentInfo, type AgentStatus } from '../values.ts';
import { compareInteraction } from './compare-interaction.ts';
import { isGone, newAmong, readingAt, recordDifferences, recordGone, type Survey } from './survey.ts';

type ChannelReading = Extract<SwitchReading, { of: 'channel' }>;

/** The agent may be busy with it: until it is completed there is something to do, wrap-up included. */
const goesOn = (survey: Survey, interaction: Interaction): boolean => {
  if (isGone(survey, interaction.path) || interaction.stage === 'DROPPING') return false;
  const here = isKnown(interaction) ? interaction.state : null;
  return (readingAt(survey, interaction.path, 'interaction')?.state ?? here) !== 'COMPLETED';
};

/** Readings do not say that an agent is busy, so that one stays busy as long as the work goes on. */
const statusFound = ({ agent }: KnownChannel, found: AgentInfo, works: boolean): AgentStatus => {
  const base = baseStatus(found);
  return works && isBusy(agent) && !isBusy(found) && base !== null ? `busy_${base}` : found.status;
};

/** The last reason stays readable where the switch does not name one. */
const agentFound = (channel: KnownChannel, reading: ChannelReading, works: boolean): AgentInfo => {
  const { agent, state } = channel;
  if (reading.state !== 'ACTIVE') return reading.state === state ? agent : { ...agent, status: 'not_ready' };
  if (!isSupported(channel) || reading.agent === null) return state === 'ACTIVE' ? agent : UNKNOWN_AGENT;
  const status = statusFound(channel, reading.agent, works);
  const { lastReasonCode, lastReasonName } = reading.agent;
  if (lastReasonCode === '') return { ...agent, status };
  const named = lastReasonName !== '' || lastReasonCode !== agent.lastReasonCode;
  return { status, lastReasonCode, lastReasonName: named ? lastReasonName : agent.lastReasonName };
};

const follow = (survey: Survey, channel: KnownChannel, reading: ChannelReading): void => {
  const { draft } = survey;
  const { target, path, state, agent } = channel;
  const interactions = childrenOf(draft.state().interactions, path);
  const comes = isSupported(channel) && draft.state().phase !== 'LOGGING_OUT';
  const planned = channel.planned.map((nativeId) => ({ nativeId }));
  const joined = comes ? newAmong(reading.interactions, [...interactions, ...planned]) : [];
  const works = joined.length > 0 || interactions.some((one) => goesOn(survey, one));
  const found = agentFound(channel, reading, works);
  const renamed = found.lastReasonName === agent.lastReasonName ? 0 : 1;
  recordDifferences(
    survey,
    target,
    [
      ['state', state, reading.state],
      ['status', agent.status, found.status],
      ['reasonCode', agent.lastReasonCode, found.lastReasonCode],
      ['reasonNames', 0, renamed],
    ],
    joined,
  );
  followChannel(draft, channel, reading.state, found);
};

/** Compares a channel and everything below it. */
export const compareChannel = (survey: Survey, path: string): void => {
  const { draft } = survey;
  const channel = knownChannel(draft.state(), path);
  if (channel === undefined || channel.stage === 'DISPOSING') return;
  const leaves = draft.state().phase === 'LOGGING_OUT';
  if (isGone(survey, path) && !leaves) {
    recordGone(survey, channel.target, { state: channel.state });
    return tearDownChannel(draft, path, { told: false });
  }
  const reading = readingAt(survey, path, 'channel');
  if (reading !== null) follow(survey, channel, reading);
  if (leaves) return;
  childrenOf(draft.state().interactions, path).forEach((one) => compareInteraction(survey, one.path));
};
