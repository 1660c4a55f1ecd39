// The part of the test kit that needs no server: a second door, so that pure specs load in no time.
export { type AgentView, agentView } from './agent-view.ts';
export { runningCall } from './running-call.ts';
export { type Scenario, scenario } from './scenario.ts';
export {
  ADAPTER,
  FULL_ADAPTER,
  RESUME_POLICY,
  type SessionScenario,
  sessionScenario,
  shown,
} from './session-scenario.ts';
export { surveyWith } from './survey-with.ts';
export { INBOUND_CALL, MANY_CHANNELS, ONE_CHANNEL, OUTBOUND_CALL, type SwitchWorld } from './switch-world.ts';
export { plausible, walkStep } from './session-walk.ts';
export { beginWalk, WALK_HOUSE } from './walk-openings.ts';
export { walkWorld } from './walk-world.ts';
export { walkRuns } from './walk-runs.ts';
export { inWords } from './session-words.ts';
export { type Draw, walkAnswer } from './walk-answers.ts';
