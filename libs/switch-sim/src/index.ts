export { isCallData } from './call-data.ts';
export { switchDecider } from './decide.ts';
export { demoRoster, initialSwitch, type RosterEntry } from './initial-switch.ts';
export { MAX_DATA_KEYS, MAX_KEY_LENGTH, MAX_LIVE_CALLS, MAX_TEXT_LENGTH, MAX_TONES } from './limits.ts';
export { agentOf, callOf, legOf, openLeg, passwordFits } from './lookup.ts';
export {
  type Agent,
  type Call,
  type CallData,
  type CallStatus,
  type Leg,
  type LegInteraction,
  type LegMedia,
  type Party,
  type SwitchState,
} from './model.ts';
export { type SwitchEvent, type SwitchEventType } from './switch-event.ts';
export { type SwitchInput, type SwitchRejection } from './switch-input.ts';
export { nextTimerAt } from './timers.ts';
