import { refOf } from './end-call.ts';
import { legOf } from './lookup.ts';
import { type Call } from './model.ts';
import { type Step } from './steps.ts';

/** Connects both sides: every leg starts, talks and learns who is there. */
export const answerCall =
  (call: Call, at: number): Step =>
  (state) => [
    { type: 'CallAnswered', call: call.id, at },
    ...call.legs.flatMap(({ agent, leg: id }) => {
      const leg = legOf(state, agent, id);
      if (leg === undefined) return [];
      const ref = refOf(leg);
      return [
        { type: 'LegStarted', ...ref },
        { type: 'LegTalking', ...ref },
        { type: 'PartyAdded', ...ref, party: leg.party },
      ] as const;
    }),
  ];
