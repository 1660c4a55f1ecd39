// The part of the test kit that needs no server: a second door, so that pure specs load in no time.
export { type AgentView, agentView } from './agent-view.ts';
export { runningCall } from './running-call.ts';
export { type Scenario, scenario } from './scenario.ts';
export {
  ADAPTER,
  FULL_ADAPTER,
  INBOUND_CALL,
  MANY_CHANNELS,
  ONE_CHANNEL,
  OUTBOUND_CALL,
  RESUME_POLICY,
  type SessionScenario,
  sessionScenario,
  shown,
  type SwitchWorld,
} from './session-scenario.ts';
export { plausible, walkStep } from './session-walk.ts';
export { beginWalk, WALK_HOUSE } from './walk-openings.ts';
export { walkRuns } from './walk-runs.ts';
export { inWords } from './session-words.ts';
export { type Draw, walkAnswer } from './walk-answers.ts';
