import { knownChannel } from '../objects.ts';
import { childrenOf } from '../placed.ts';
import { LIMITS } from '../limits.ts';
import { ask, type Draft } from '../session/draft.ts';
import { tearDownChannel } from '../session/tear-down.ts';
import { type SwitchFact } from '../switch-fact.ts';
import { type AgentInfo, type ChannelState } from '../values.ts';
import { leaveAfterCallWork } from './after-call-work.ts';
import { baseStatus, isSupported, type KnownChannel, UNKNOWN_AGENT } from './channel.ts';
import { sameAgent, tellChannel } from './channel-steps.ts';

export type ChannelFact = Extract<
  SwitchFact,
  {
    type:
      | `Channel${'Activated' | 'Deactivated' | 'Unavailable' | 'Available' | 'Vanished'}`
      | `Agent${'Ready' | 'NotReady'}`
      | 'InteractionOffered';
  }
>;
type NotReady = Extract<SwitchFact, { type: 'AgentNotReady' }>;

/** Tells how a channel stands now, unless the agent knows; after-call work that was left ends. */
export const followChannel = (
  draft: Draft,
  channel: KnownChannel,
  state: ChannelState,
  agent: AgentInfo,
): void => {
  if (channel.state === state && sameAgent(channel.agent, agent)) return;
  const left = state !== 'ACTIVE' || baseStatus(agent) !== 'after_call_work';
  if (left && (state !== 'ACTIVE' || baseStatus(channel.agent) === 'after_call_work')) {
    leaveAfterCallWork(draft, channel, 'changed');
  }
  // Another wish took effect than the one that is shown as pending.
  const pending = channel.pending?.status === baseStatus(agent) ? channel.pending : undefined;
  tellChannel(draft, { ...channel, pending }, state, agent);
};

/** What the agent left behind: the last reason stays readable. */
const away = ({ agent }: KnownChannel): AgentInfo => ({ ...agent, status: 'not_ready' });

const READABLE: Readonly<Record<string, string>> = { logout: 'Logging out' };

const notReady = ({ agent }: KnownChannel, { busy, reasonCode, reasonName }: NotReady): AgentInfo => {
  const plain = reasonCode === 'acw' ? 'after_call_work' : 'not_ready';
  const status = busy ? (`busy_${plain}` as const) : plain;
  if (reasonCode === undefined) return { ...agent, status };
  return { status, lastReasonCode: reasonCode, lastReasonName: reasonName ?? READABLE[reasonCode] ?? '' };
};

/** A new interaction on the channel; one that is known already is not announced twice (bridge A.6). */
const offered = (draft: Draft, { path, target, planned, stage }: KnownChannel, nativeId: string): void => {
  if (stage !== 'LIVE') return;
  const known = childrenOf(draft.state().interactions, path);
  if (planned.includes(nativeId) || known.some((node) => node.nativeId === nativeId)) return;
  if (known.length + planned.length >= LIMITS.children) return;
  ask(draft, { type: 'RegisterInteraction', target, id: draft.newId(), nativeId });
};

const CONCERNS_WORK: ReadonlySet<ChannelFact['type']> = new Set([
  'AgentReady',
  'AgentNotReady',
  'InteractionOffered',
]);

/** Follows what the switch says about a channel that is all announced (bridge C.4). */
export const takeChannelFact = (draft: Draft, path: string, fact: ChannelFact): void => {
  const channel = knownChannel(draft.state(), path);
  if (channel === undefined || (CONCERNS_WORK.has(fact.type) && !isSupported(channel))) return;
  switch (fact.type) {
    case 'ChannelActivated':
      return followChannel(
        draft,
        channel,
        'ACTIVE',
        channel.state === 'ACTIVE' ? channel.agent : UNKNOWN_AGENT,
      );
    case 'ChannelDeactivated':
    case 'ChannelAvailable':
      return channel.state === 'INACTIVE'
        ? undefined
        : followChannel(draft, channel, 'INACTIVE', away(channel));
    case 'ChannelUnavailable':
      return channel.state === 'UNAVAILABLE'
        ? undefined
        : followChannel(draft, channel, 'UNAVAILABLE', away(channel));
    case 'ChannelVanished':
      return tearDownChannel(draft, path, { told: false });
    case 'AgentReady':
      return followChannel(draft, channel, channel.state, {
        ...channel.agent,
        status: fact.busy ? 'busy_ready' : 'ready',
      });
    case 'AgentNotReady':
      return followChannel(draft, channel, channel.state, notReady(channel, fact));
    case 'InteractionOffered':
      return offered(draft, channel, fact.nativeId);
  }
};
