import { callOf, isLive, lineOf } from '../lookup.ts';
import { type Call, type Member } from '../model.ts';
import { type Step } from '../steps.ts';
import { isAgent, isInvited } from './members.ts';
import { leave } from './end-call.ts';

/** The agent whose blind transfer reaches its goal is off the call. */
export const letTransferorGo =
  (call: Call, target: Member, at: number): Step =>
  (state) => {
    const by = isInvited(target) && target.invited.to === 'transfer' ? target.invited.by : null;
    const leg = by && lineOf(state, by.agent, by.leg)?.leg;
    const current = callOf(state, call.id);
    if (leg === null || leg === undefined || !isLive(leg) || current === undefined) return [];
    const member = current.members.find((other) => isAgent(other) && other.leg === leg.id);
    return member === undefined ? [] : leave(current, member, at, 'transferred')(state);
  };
