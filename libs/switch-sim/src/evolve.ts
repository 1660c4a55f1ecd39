import { evolveAgent } from './agents/evolve-agent.ts';
import { evolveCall } from './calls/evolve-call.ts';
import { evolveContact } from './contacts/evolve-contact.ts';
import { type SwitchState } from './model.ts';
import { type SwitchEvent } from './switch-event.ts';
import { evolveWork } from './work/evolve-work.ts';

/** Folds one event into the state of the switch: each part takes what concerns it. */
export const evolve = (state: SwitchState, event: SwitchEvent): SwitchState =>
  evolveContact(evolveCall(evolveWork(evolveAgent(state, event), event), event), event);
