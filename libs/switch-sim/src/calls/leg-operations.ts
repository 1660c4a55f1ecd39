import { type Decision, findLoggedIn, lineOf, reject } from '../lookup.ts';
import { type SwitchState } from '../model.ts';
import { type Arrival, type LegOperation } from '../switch-input.ts';
import { invite } from './invite.ts';
import { changeMedia, wrongState } from './media.ts';
import { release, removeParty } from './release.ts';
import { tones } from './tones.ts';

/** Decides what an agent's operation on one leg leads to. */
export const decideLegOperation = (state: SwitchState, input: Arrival & LegOperation): Decision => {
  const found = findLoggedIn(state, input.agent);
  if (!found.ok) return found;
  const line = lineOf(state, input.agent, input.leg);
  if (line === undefined) return reject('unknown', 'there is no such call at this phone');
  switch (input.kind) {
    case 'hold':
    case 'retrieve':
    case 'mute':
    case 'unmute':
      return changeMedia(line, input.kind);
    case 'release':
      return release(state, line, input);
    case 'transfer':
    case 'conference':
      return invite(state, line, input);
    case 'remove-party':
      return removeParty(state, line, input);
    case 'send-tones':
      return line.leg.media === 'TALKING' || line.leg.media === 'MUTE'
        ? tones(line.leg.call, 'byAgents', input.digits)
        : wrongState(line, 'send tones on');
  }
};
