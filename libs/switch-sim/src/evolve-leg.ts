import { MAX_LEGS } from './limits.ts';
import { type Leg, type SwitchState } from './model.ts';
import { type SwitchEvent } from './switch-event.ts';

type LegEvent = Extract<SwitchEvent, { readonly leg: string }>;

const released = (leg: Leg): Leg => ({
  ...leg,
  media: 'RELEASED',
  interaction: leg.answered || leg.direction === 'outbound' ? 'ENDED' : 'COMPLETED',
});

const changed = (leg: Leg, event: LegEvent): Leg => {
  switch (event.type) {
    case 'LegTalking':
      return { ...leg, media: 'TALKING', interaction: 'STARTED', answered: true };
    case 'LegHeld':
      return { ...leg, media: 'HELD' };
    case 'LegMuted':
      return { ...leg, media: 'MUTE' };
    case 'LegBusy':
    case 'LegFailed':
    case 'LegEnded':
      return released(leg);
    case 'LegCompleted':
      return { ...leg, interaction: 'COMPLETED' };
    case 'LegOffered':
    case 'LegRinging':
    case 'LegDialing':
    case 'LegStarted':
    case 'PartyAdded':
      return leg;
  }
};

/** Folds an event of a leg into the agent who has it. */
export const evolveLeg = (state: SwitchState, event: LegEvent): SwitchState => {
  const agent = state.agents[event.agent];
  if (agent === undefined) return state;
  const legs =
    event.type === 'LegOffered'
      ? [...agent.legs, event.offered].slice(-MAX_LEGS)
      : agent.legs.map((leg) => (leg.id === event.leg ? changed(leg, event) : leg));
  const idsMade = event.type === 'LegOffered' ? state.idsMade + 1 : state.idsMade;
  return { ...state, idsMade, agents: { ...state.agents, [agent.id]: { ...agent, legs } } };
};
