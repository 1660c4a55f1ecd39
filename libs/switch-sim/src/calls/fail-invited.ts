import { isLive, legRef, lineOf, type Line } from '../lookup.ts';
import { type Call, type Member } from '../model.ts';
import { inOrder, type Step } from '../steps.ts';
import { type SwitchEvent } from '../switch-event.ts';
import { asBusy, asFailed, endCall, endIfDead, takeOut } from './end-call.ts';
import { isInvited } from './members.ts';

/** Why somebody could not be reached: the word for the call's end, and the words for the agent. */
export interface Failure {
  readonly word: string;
  readonly reason: string;
}

export const BUSY: Failure = { word: 'busy', reason: 'the number is busy' };
export const failedAs = (reason: string, word = 'failed'): Failure => ({ word, reason });

const MEDIA_EVENT = { TALKING: 'LegTalking', HELD: 'LegHeld', MUTE: 'LegMuted' } as const;

const asItWas = ({ work, leg }: Line): readonly SwitchEvent[] =>
  leg.media === 'TALKING' || leg.media === 'HELD' || leg.media === 'MUTE'
    ? [{ type: MEDIA_EVENT[leg.media], ...legRef({ work, leg }) }]
    : [];

/** The agent who asked for a transfer or conference hears that it failed, then what the old state is. */
export const tellFailed =
  (
    by: { readonly agent: string; readonly leg: string } | null,
    to: 'transfer' | 'conference',
    reason: string,
  ): Step =>
  (state) => {
    const line = by === null ? undefined : lineOf(state, by.agent, by.leg);
    if (line === undefined || !isLive(line.leg)) return [];
    const type = to === 'transfer' ? 'TransferFailed' : 'ConferenceFailed';
    return [{ type, ...legRef(line), reason }, ...asItWas(line)];
  };

/** Somebody who was being reached will not come. */
export const failInvited =
  (call: Call, member: Member, at: number, { word, reason }: Failure): Step =>
  (state) => {
    if (!isInvited(member)) return [];
    const { to, by } = member.invited;
    if (to === 'call') return endCall(call.id, at, word, word === 'busy' ? asBusy : asFailed(reason))(state);
    return inOrder(
      state,
      takeOut(call, member, at),
      tellFailed(by, to, reason),
      endIfDead(call.id, at, word),
    );
  };
