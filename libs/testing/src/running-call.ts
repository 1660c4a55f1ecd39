import { type ConversationState } from '@cordboard/domain';
import { ADAPTER, RESUME_POLICY, type SessionScenario, sessionScenario } from './session-scenario.ts';
import { ONE_CHANNEL } from './switch-world.ts';

/** A running call with a first leg `v1` (5550100) and, unless null, a second one `v2` (5550199), just shown. */
export const runningCall = (
  primary: ConversationState = 'TALKING',
  consult: ConversationState | null = null,
  adapter = ADAPTER,
): SessionScenario => {
  const s = sessionScenario({
    ...ONE_CHANNEL,
    interaction: {
      i: { state: 'STARTED', data: {}, primary: 'v1', consult: consult === null ? null : 'v2' },
    },
    conversation: {
      v1: { state: primary, members: [{ number: '5550100' }] },
      v2: { state: consult ?? 'DIALING', members: [{ number: '5550199' }] },
    },
  });
  s.start(RESUME_POLICY, adapter);
  s.offer();
  return s;
};
