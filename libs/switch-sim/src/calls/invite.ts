import { ok } from '@cordboard/kernel';
import { MAX_MEMBERS } from '../limits.ts';
import { callOf, type Decision, isConnected, type Line, reject } from '../lookup.ts';
import { type Call, type Invitation, type Member, type SwitchState } from '../model.ts';
import { offerQueued } from '../queue.ts';
import { inOrder } from '../steps.ts';
import { type Arrival } from '../switch-input.ts';
import { type Destination, findDestination } from './destination.ts';
import { tellFailed } from './fail-invited.ts';
import { isInvited, joined } from './members.ts';
import { wrongState } from './media.ts';
import { reach, whyUnreachable } from './reach.ts';
import { letTransferorGo } from './transferor.ts';

type Invite = Arrival & { readonly kind: 'transfer' | 'conference'; readonly destination: string };

const isWantedAs = (member: Member, number: string): boolean =>
  member.number === number || (member.kind === 'agent' && member.queue?.number === number);

const refusal = (call: Call, { leg }: Line, { kind, destination }: Invite): Decision | null => {
  if (call.members.some((member) => isWantedAs(member, destination)))
    return reject('wrong-state', `${destination} is on the call already`);
  if (joined(call).length < 2)
    return reject('wrong-state', `nobody else is on the call: wait for an answer before this ${kind}`);
  if (call.members.length >= MAX_MEMBERS)
    return reject('limit', `a call has ${String(MAX_MEMBERS)} parties at most: remove one first`);
  const underWay = call.members.some(
    (member) => isInvited(member) && member.invited.to === 'transfer' && member.invited.by?.leg === leg.id,
  );
  return underWay ? reject('wrong-state', `a transfer is under way: wait for it before this ${kind}`) : null;
};

const unreachable = (to: Destination): string | null =>
  to.kind === 'agent' ? (whyUnreachable(to.agent)?.reason ?? null) : null;

/** Blind transfer and blind conference: somebody is reached for the call, and the agent leaves it or stays. */
export const invite = (state: SwitchState, line: Line, input: Invite): Decision => {
  const { kind, at, destination } = input;
  const call = callOf(state, line.leg.call);
  if (!isConnected(line.leg) || call === undefined) return wrongState(line, kind);
  const to = findDestination(state, destination);
  if (!to.ok) return to;
  const refused = refusal(call, line, input);
  if (refused !== null) return refused;
  const by = { agent: line.work.agent, leg: line.leg.id };
  const reason = unreachable(to.value);
  if (reason !== null) return ok(tellFailed(by, kind, reason)(state));
  const invited: Invitation = { to: kind, by };
  const leavesNow = kind === 'transfer' && to.value.kind !== 'outside';
  const leaving = leavesNow ? line.work.agent : undefined;
  return ok(
    inOrder(
      state,
      reach(call.id, { to: to.value, invited, leaving }, input),
      (now) => {
        const target = callOf(now, call.id)?.members.find((member) => member.number === destination);
        return leavesNow && target !== undefined ? letTransferorGo(call, target, at)(now) : [];
      },
      offerQueued(input),
    ),
  );
};
