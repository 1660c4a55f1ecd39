import { lineOf, type Line } from '../lookup.ts';
import { type Agent, type Call, type Member, type Party, type SwitchState } from '../model.ts';
import { isLive } from '../lookup.ts';

export type AgentMember = Extract<Member, { readonly kind: 'agent' }>;
export type OutsideMember = Extract<Member, { readonly kind: 'outside' }>;
/** Somebody who is being reached. */
export type Invited = Member & { readonly invited: NonNullable<Member['invited']> };

export const isAgent = (member: Member): member is AgentMember => member.kind === 'agent';
export const isOutside = (member: Member): member is OutsideMember => member.kind === 'outside';
export const isInvited = (member: Member): member is Invited => member.invited !== null;

export const joined = (call: Call): readonly Member[] => call.members.filter((member) => !isInvited(member));

export const memberOf = (call: Call, number: string): Member | undefined =>
  call.members.find((member) => member.number === number);

/** A member's party: who it is to the others. */
export const asParty = ({ number, name }: Party): Party => ({ number, name });
export const partyOf = (agent: Agent): Party => ({ number: agent.id, name: agent.name });

/** The line of an agent who is a member, while it lives. */
export const lineOfMember = (state: SwitchState, member: Member): Line | undefined => {
  const line = isAgent(member) ? lineOf(state, member.number, member.leg) : undefined;
  return line !== undefined && isLive(line.leg) ? line : undefined;
};

/** Lines of the agents on a call, rung or connected. */
export const linesOf = (state: SwitchState, call: Call): readonly Line[] =>
  call.members.flatMap((member) => lineOfMember(state, member) ?? []);

/** Whether these members make a call: two talk, or one waits for somebody who is being reached. */
export const liveOn = (members: readonly Member[]): boolean => {
  const there = members.filter((member) => !isInvited(member)).length;
  const awaited = members.some((member) => isInvited(member) && member.invited.to !== 'conference');
  return there >= 2 || (there === 1 && awaited);
};

export type CallStatus = 'queued' | 'ringing' | 'dialing' | 'talking' | 'ended';

/** What a call is about at this moment. */
export const statusOf = (call: Call): CallStatus => {
  if (call.endedAt !== null) return 'ended';
  if (joined(call).length >= 2) return 'talking';
  const awaited = call.members.filter(isInvited);
  if (awaited.some(({ kind }) => kind === 'queue')) return 'queued';
  return awaited.some(isAgent) ? 'ringing' : 'dialing';
};
