import { formatTarget, parentTarget, type Target, targetKind } from '@cordboard/kernel';
import { isHeldBack, isUnderWay } from '../interaction/hold-back-state.ts';
import { isLeaving } from '../interaction/interaction.ts';
import { legIn, legsOf } from '../interaction/legs.ts';
import { LIMITS } from '../limits.ts';
import { objectAt } from '../objects.ts';
import { childrenOf, findAt, isKnown, isSettled } from '../placed.ts';
import { isHeld } from '../reconcile/link-state.ts';
import { type SwitchFact } from '../switch-fact.ts';
import { type SessionState } from './session-state.ts';

const CONCERNS_LOG_IN: ReadonlySet<SwitchFact['type']> = new Set([
  'SessionEnded',
  'ChannelActivated',
  'ChannelDeactivated',
  'ChannelUnavailable',
  'ChannelAvailable',
  'AgentReady',
  'AgentNotReady',
]);

const isSettledAt = (state: SessionState, target: Target): boolean => {
  const node = objectAt(state, target);
  return node !== undefined && isSettled(node);
};

/** The first leg has to be heard of before this one. */
const isBehindOther = (state: SessionState, path: string): boolean => {
  const leg = findAt(state.conversations, path);
  return leg !== undefined && isHeldBack(state, leg);
};

/** Both legs have to go before the call, and a second leg before another one comes. */
const isBehindLegs = (state: SessionState, type: SwitchFact['type'], path: string): boolean => {
  const interaction = findAt(state.interactions, path);
  if (interaction !== undefined && isUnderWay(interaction, 'consult-transfer')) return true;
  const second = type === 'ConsultOffered' ? legIn(state, path, 'consult') : undefined;
  return second !== undefined && isKnown(second) && second.state === 'RELEASED';
};

/** Offered again, while the interaction that had this native id before is on its way out (bridge A.6). */
const isBehindFormer = (state: SessionState, fact: SwitchFact): boolean => {
  if (fact.type !== 'InteractionOffered') return false;
  const former = childrenOf(state.interactions, formatTarget(fact.target));
  return former.some((one) => one.nativeId === fact.nativeId && isLeaving(one, legsOf(state, one.path)));
};

/**
 * Whether a fact may take effect now: its object is all announced, for a conversation the interaction too
 * (bridge A7-2, A7-3). While the agent is leaving, the log-in alone is followed: whatever else happens is told
 * if the agent has to stay. While the adapter is compared with what is known everything waits.
 */
export const mayTakeEffect = (state: SessionState, fact: SwitchFact): boolean => {
  const { type, target } = fact;
  if (isHeld(state)) return type === 'SessionEnded';
  if (state.phase === 'LOGGING_OUT' && !CONCERNS_LOG_IN.has(type)) return false;
  switch (targetKind(target)) {
    case 'session':
      return state.phase !== 'STARTING';
    case 'conversation':
      return (
        isSettledAt(state, target) &&
        isSettledAt(state, parentTarget(target)) &&
        !isBehindOther(state, formatTarget(target))
      );
    case 'interaction':
      return isSettledAt(state, target) && !isBehindLegs(state, type, formatTarget(target));
    default:
      return isSettledAt(state, target) && !isBehindFormer(state, fact);
  }
};

/** Adds a fact to those that wait; of too many for one object the oldest goes (bridge A7-10). */
export const deferFact = (state: SessionState, fact: SwitchFact): SessionState => {
  const path = formatTarget(fact.target);
  const own = state.deferred.filter(({ target }) => formatTarget(target) === path);
  const oldest = own.length < LIMITS.deferredFacts ? undefined : own[0];
  return { ...state, deferred: [...state.deferred.filter((one) => one !== oldest), fact] };
};

/** The state without the facts that may take effect now. */
export const releaseFacts = (state: SessionState): SessionState => {
  if (!state.deferred.some((fact) => mayTakeEffect(state, fact))) return state;
  return { ...state, deferred: state.deferred.filter((fact) => !mayTakeEffect(state, fact)) };
};
