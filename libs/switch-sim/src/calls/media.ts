import { ok } from '@cordboard/kernel';
import { type Decision, isConnected, isLive, legRef, type Line, reject } from '../lookup.ts';
import { type Leg, type LegMedia, type Work } from '../model.ts';
import { type SwitchEvent } from '../switch-event.ts';

/** What an agent can make of a leg. */
export type MediaChange = 'hold' | 'retrieve' | 'mute' | 'unmute';

interface Rule {
  readonly to: LegMedia;
  readonly from: readonly LegMedia[];
  readonly event: 'LegHeld' | 'LegTalking' | 'LegMuted';
}

const rules: Readonly<Record<MediaChange, Rule>> = {
  hold: { to: 'HELD', from: ['TALKING', 'MUTE'], event: 'LegHeld' },
  retrieve: { to: 'TALKING', from: ['HELD'], event: 'LegTalking' },
  mute: { to: 'MUTE', from: ['TALKING'], event: 'LegMuted' },
  unmute: { to: 'TALKING', from: ['MUTE'], event: 'LegTalking' },
};

export const wrongState = ({ leg }: Line, what: string): Decision =>
  reject('wrong-state', `cannot ${what} a call that is ${leg.media.toLowerCase()}`);

const otherOf = ({ work, leg }: Line): Leg | null =>
  work.primary?.id === leg.id ? work.consult : work.primary;

const held = (work: Work, leg: Leg): readonly SwitchEvent[] =>
  leg.media === 'HELD' ? [] : [{ type: 'LegHeld', ...legRef({ work, leg }) }];

/** Puts a leg into a media state; whoever takes one call back puts the other on hold. */
export const changeMedia = (line: Line, change: MediaChange): Decision => {
  const { to, from, event } = rules[change];
  if (line.leg.media === to) return ok([]);
  if (!from.includes(line.leg.media)) return wrongState(line, change);
  const other = otherOf(line);
  const changed: SwitchEvent = { type: event, ...legRef(line) };
  if (change !== 'retrieve' || !isLive(other)) return ok([changed]);
  return isConnected(other)
    ? ok([...held(line.work, other), changed])
    : reject('wrong-state', 'the consult call is not answered yet: release it first');
};

/** Holds the leg that talked last and takes the other one back. */
export const alternate = (work: Work): Decision => {
  const { primary, consult } = work;
  if (!isConnected(primary) || !isConnected(consult))
    return reject('wrong-state', 'there are no two connected calls to alternate between');
  const [from, to] = work.active === 'consult' ? [consult, primary] : [primary, consult];
  const back: SwitchEvent = { type: 'LegTalking', ...legRef({ work, leg: to }) };
  return ok([...held(work, from), back]);
};
