import { evolveAgent } from './agents/evolve-agent.ts';
import { evolveCall } from './calls/evolve-call.ts';
import { evolveContact } from './contacts/evolve-contact.ts';
import { evolveHouse } from './house/evolve-house.ts';
import { type SwitchState } from './model.ts';
import { type SwitchEvent } from './switch-event.ts';
import { evolveWork } from './work/evolve-work.ts';

const PARTS = [evolveAgent, evolveWork, evolveCall, evolveContact, evolveHouse];

/** Folds one event into the state of the switch: each part takes what concerns it. */
export const evolve = (state: SwitchState, event: SwitchEvent): SwitchState =>
  PARTS.reduce((now, evolvePart) => evolvePart(now, event), state);
