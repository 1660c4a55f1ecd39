import { type Decider, ok } from '@cordboard/kernel';
import { decideAgentOperation } from './agents/agent-operations.ts';
import { decideChannelOperation } from './agents/channel-operations.ts';
import { decideLegOperation } from './calls/leg-operations.ts';
import { clearCalls, decideOnCall } from './calls/outside.ts';
import { placeCall } from './calls/place-call.ts';
import { customerLeaves, placeContact } from './contacts/contacts.ts';
import { evolve } from './evolve.ts';
import { initialSwitch } from './house/initial-switch.ts';
import { decideHouseOperation } from './house/house-operations.ts';
import { type Decision } from './lookup.ts';
import { type SwitchState } from './model.ts';
import { type SwitchEvent } from './switch-event.ts';
import { type SwitchInput, type SwitchRejection } from './switch-input.ts';
import { fireDue } from './timers.ts';
import { decideWorkOperation } from './work/work-operations.ts';

const decide = (state: SwitchState, input: SwitchInput): Decision => {
  switch (input.kind) {
    case 'log-in':
    case 'log-out':
    case 'open-group':
    case 'close-group':
    case 'add-channel':
    case 'join-channel':
    case 'connect-leg':
    case 'disconnect-leg':
      return decideAgentOperation(state, input);
    case 'activate':
    case 'deactivate':
    case 'ready':
    case 'not-ready':
    case 'dial':
    case 'take-over':
    case 'free':
    case 'remove-channel':
      return decideChannelOperation(state, input);
    case 'accept':
    case 'reject':
    case 'complete':
    case 'set-data':
    case 'set-disposition':
    case 'signal':
    case 'consult':
    case 'alternate':
    case 'consult-transfer':
    case 'consult-conference':
      return decideWorkOperation(state, input);
    case 'hold':
    case 'retrieve':
    case 'mute':
    case 'unmute':
    case 'release':
    case 'transfer':
    case 'conference':
    case 'remove-party':
    case 'send-tones':
      return decideLegOperation(state, input);
    case 'place-call':
      return placeCall(state, input);
    case 'outside-answers':
    case 'outside-hangs-up':
    case 'outside-sends-tones':
      return decideOnCall(state, input);
    case 'clear-calls':
      return clearCalls(state, input);
    case 'place-contact':
      return placeContact(state, input);
    case 'customer-leaves':
      return customerLeaves(state, input.contact, input);
    case 'set-patience':
    case 'restart':
      return decideHouseOperation(state, input);
    case 'tick':
      return ok(fireDue(input)(state));
  }
};

/**
 * The simulated switch: agents at their channels, queues, callers and writers with a life of their own. It starts
 * with the demonstration's agents; `initialSwitch` makes another house.
 */
export const switchDecider: Decider<SwitchState, SwitchInput, SwitchEvent, SwitchRejection> = {
  initialState: initialSwitch(),
  decide,
  evolve,
};
