import { type Decider, ok, type Result } from '@cordboard/kernel';
import { decideAgentOperation } from './agent-operations.ts';
import { evolve } from './evolve.ts';
import { initialSwitch } from './initial-switch.ts';
import { decideLegOperation } from './leg-operations.ts';
import { type SwitchState } from './model.ts';
import { decideOutsideOperation } from './outside-operations.ts';
import { type SwitchEvent } from './switch-event.ts';
import { type SwitchInput, type SwitchRejection } from './switch-input.ts';
import { fireDue } from './timers.ts';

const decide = (state: SwitchState, input: SwitchInput): Result<readonly SwitchEvent[], SwitchRejection> => {
  switch (input.kind) {
    case 'log-in':
    case 'log-out':
    case 'activate':
    case 'deactivate':
    case 'ready':
    case 'not-ready':
    case 'dial':
      return decideAgentOperation(state, input);
    case 'accept':
    case 'reject':
    case 'hold':
    case 'retrieve':
    case 'mute':
    case 'unmute':
    case 'release':
    case 'complete':
    case 'send-tones':
      return decideLegOperation(state, input);
    case 'place-call':
    case 'outside-answers':
    case 'outside-hangs-up':
    case 'outside-sends-tones':
    case 'clear-calls':
      return decideOutsideOperation(state, input);
    case 'tick':
      return ok(fireDue(input)(state));
  }
};

/**
 * The simulated switch: agents at their phones, a queue, and callers with a life of their own. It starts with
 * the demonstration's agents; `initialSwitch` makes another house.
 */
export const switchDecider: Decider<SwitchState, SwitchInput, SwitchEvent, SwitchRejection> = {
  initialState: initialSwitch(),
  decide,
  evolve,
};
