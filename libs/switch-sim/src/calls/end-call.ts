import { becomesFree } from '../agents/status.ts';
import { ALONE_MS } from '../limits.ts';
import { callOf, legRef, lineOf, type Line } from '../lookup.ts';
import { type Call, type Member } from '../model.ts';
import { inOrder, say, sequence, type Step } from '../steps.ts';
import { type SwitchEvent } from '../switch-event.ts';
import { isAgent, isInvited, lineOfMember, linesOf, liveOn } from './members.ts';

/** How one leg learns that the call is over; `LegEnded` unless a dialled number was busy or failed. */
export type Ending = (line: Line) => SwitchEvent;

export const plainly: Ending = (line) => ({ type: 'LegEnded', ...legRef(line) });

/** The caller's leg of a call that never came about says why; any other leg ends plainly. */
const callerHears =
  (ending: Ending): Ending =>
  (line) =>
    line.leg.media === 'DIALING' ? ending(line) : plainly(line);

export const asBusy: Ending = callerHears((line) => ({ type: 'LegBusy', ...legRef(line) }));

export const asFailed = (reason: string): Ending =>
  callerHears((line) => ({ type: 'LegFailed', ...legRef(line), reason }));

/** Ends one leg; when that leaves nothing to wrap up, the agent is free at once. */
export const endLeg = (line: Line, at: number, ending: Ending = plainly): Step =>
  sequence(say(ending(line)), (state) => {
    const work = lineOf(state, line.work.agent, line.leg.id)?.work;
    return work?.state === 'COMPLETED' ? becomesFree(work.agent, work.channel, at)(state) : [];
  });

/** Ends a call and all its legs. */
export const endCall =
  (id: string, at: number, reason: string, ending: Ending = plainly): Step =>
  (state) => {
    const call = callOf(state, id);
    if (call === undefined) return [];
    const ends = linesOf(state, call).map((line) => endLeg(line, at, ending));
    return inOrder(state, ...ends, say({ type: 'CallEnded', call: id, at, reason }));
  };

/** Those left on a call hear that somebody is no longer there. */
export const tellRemoved =
  (id: string, number: string): Step =>
  (state) => {
    const call = callOf(state, id);
    if (call === undefined) return [];
    return linesOf(state, call)
      .filter(({ leg }) => leg.parties.some((party) => party.number === number))
      .map((line) => ({ type: 'PartyRemoved', ...legRef(line), number }));
  };

/** A call that no agent is on and none is looked for comes to its end by itself. */
export const leftAlone =
  (id: string, at: number): Step =>
  (state) => {
    const call = callOf(state, id);
    const alone = call !== undefined && call.members.every(({ kind }) => kind === 'outside');
    return alone ? [{ type: 'CallLeftAlone', call: id, until: at + ALONE_MS }] : [];
  };

/** Takes one member out, whoever stays. */
export const takeOut =
  (call: Call, member: Member, at: number): Step =>
  (state) => {
    const line = lineOfMember(state, member);
    const out =
      line === undefined || !isAgent(member)
        ? say({ type: 'MemberLeft', call: call.id, number: member.number })
        : endLeg(line, at);
    const tell = isInvited(member) ? say() : tellRemoved(call.id, member.number);
    return inOrder(state, out, tell, leftAlone(call.id, at));
  };

/** One member leaves; the others stay together, or the call is over. */
export const leave =
  (call: Call, member: Member, at: number, reason: string): Step =>
  (state) => {
    const rest = call.members.filter((other) => other !== member);
    return liveOn(rest) ? takeOut(call, member, at)(state) : endCall(call.id, at, reason)(state);
  };

/** A call on which nobody talks or waits any more is over. */
export const endIfDead =
  (id: string, at: number, reason: string): Step =>
  (state) => {
    const call = callOf(state, id);
    return call === undefined || liveOn(call.members) ? [] : endCall(id, at, reason)(state);
  };
