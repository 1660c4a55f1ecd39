import { loggedOut } from '../agents/evolve-agent.ts';
import { rowsOf, tableOf } from '../lists/table.ts';
import { type SwitchState } from '../model.ts';
import { type SwitchEvent } from '../switch-event.ts';
import { nothingGoesOn } from './initial-switch.ts';

const restarted = (state: SwitchState): SwitchState => ({
  ...state,
  ...nothingGoesOn(state.maxCalls),
  agents: tableOf(rowsOf(state.agents).map((agent) => ({ ...loggedOut(agent), works: [] }))),
});

/** Folds an event that concerns the switch as a whole. */
export const evolveHouse = (state: SwitchState, event: SwitchEvent): SwitchState => {
  switch (event.type) {
    case 'PatienceChanged':
      return { ...state, patience: event.patience };
    case 'SwitchRestarted':
      return restarted(state);
    default:
      return state;
  }
};
