export { type CallStatus, statusOf } from './calls/members.ts';
export { TEAM } from './agents/channel-plan.ts';
export { PHONE_ACTIONS, type PhoneAction, phoneOperation, type PhoneUse } from './agents/phone.ts';
export { switchDecider } from './decide.ts';
export {
  demoQueues,
  demoRoster,
  type House,
  initialSwitch,
  type RosterEntry,
} from './house/initial-switch.ts';
export { type QueueFigures, queueFigures } from './house/queue-figures.ts';
export { MAX_DATA_KEYS, MAX_KEY_LENGTH, MAX_LIVE_CALLS, MAX_TEXT_LENGTH, MAX_TONES } from './limits.ts';
export {
  agentOf,
  agentsOf,
  callOf,
  callsOf,
  channelOf,
  contactOf,
  contactsOf,
  isLive,
  lineOf,
  openCallWork,
  openWorks,
  passwordFits,
  queueOf,
  workOf,
} from './lookup.ts';
export {
  type Agent,
  type Call,
  type CallData,
  type Channel,
  type Contact,
  type Leg,
  type LegMedia,
  type Member,
  type Party,
  type Patience,
  type Queue,
  type SwitchState,
  type Work,
  type WorkState,
} from './model.ts';
export { type SwitchEvent, type SwitchEventType } from './switch-event.ts';
export { type SwitchInput, type SwitchRejection } from './switch-input.ts';
export { nextTimerAt } from './timers.ts';
export { isCallData } from './work/attached-data.ts';
export { type AddressBook, addressBooks } from './vendor/address-book.ts';
export { type Choice, dispositions, logoutReasons, notReadyReasons } from './vendor/choices.ts';
export { directory, type DirectoryEntry } from './vendor/directory.ts';
export { type Named, outboundSkills } from './vendor/outbound-skills.ts';
export { scriptsFor } from './vendor/scripts.ts';
