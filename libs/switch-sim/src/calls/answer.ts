import { callOf, legRef, type Line } from '../lookup.ts';
import { type Call, type Member, type Party, type SwitchState } from '../model.ts';
import { inOrder, say, type Step } from '../steps.ts';
import { type SwitchEvent } from '../switch-event.ts';
import { asParty, joined, lineOfMember, memberOf } from './members.ts';
import { letTransferorGo } from './transferor.ts';

const starts = (line: Line): readonly SwitchEvent[] => [
  { type: 'LegStarted', ...legRef(line) },
  { type: 'LegTalking', ...legRef(line) },
];

const hears = (line: Line, party: Party): SwitchEvent => ({ type: 'PartyAdded', ...legRef(line), party });

/** What the agents on the call see of somebody who answered; a leg that was dialling starts. */
const seenBy = (state: SwitchState, others: readonly Member[], party: Party): readonly SwitchEvent[] =>
  others.flatMap((other) => {
    const line = lineOfMember(state, other);
    if (line === undefined) return [];
    return [...(line.leg.media === 'DIALING' ? starts(line) : []), hears(line, party)];
  });

/** Somebody who was being reached answers: all legs know who is there. */
export const answer =
  (call: Call, member: Member, at: number): Step =>
  (state) =>
    inOrder(
      state,
      letTransferorGo(call, member, at),
      say({ type: 'CallAnswered', call: call.id, number: member.number, at }),
      (now) => {
        const current = callOf(now, call.id);
        const self = current && memberOf(current, member.number);
        if (current === undefined || self === undefined) return [];
        const others = current.members.filter(({ number }) => number !== member.number);
        const known = joined(current).filter(({ number }) => number !== member.number);
        const line = lineOfMember(now, self);
        const own =
          line === undefined ? [] : [...starts(line), ...known.map((other) => hears(line, asParty(other)))];
        return [...seenBy(now, others, asParty(self)), ...own];
      },
    );
