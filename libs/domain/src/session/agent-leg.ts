import { type Command } from '../command.ts';
import { type SwitchFact } from '../switch-fact.ts';
import { complete, isAsked, SUCCESS } from './commands-under-way.ts';
import { ask, type Draft } from './draft.ts';

type LegCommand = Extract<Command, { type: 'ConnectAgentLeg' | 'DisconnectAgentLeg' }>;
type LegFact = Extract<SwitchFact, { type: 'AgentLegChanged' }>;

/** Asks for the permanent voice leg of the agent, unless it is as wanted already (agent protocol B1 rows 10, 11). */
export const beginAgentLeg = (draft: Draft, { type, target }: LegCommand, commandId: string): void => {
  const connects = type === 'ConnectAgentLeg';
  const { legConnected, session } = draft.state();
  const settled = !isAsked(draft.state(), ['SetAgentLeg'], session);
  if (settled && legConnected === connects) return complete(draft, commandId, SUCCESS);
  ask(draft, { type: 'SetAgentLeg', target, action: connects ? 'connect' : 'disconnect' }, commandId);
};

/** Tells what became of the leg; what the agent was told already is not told again, a failure always is. */
export const takeAgentLeg = (draft: Draft, { target, state, error = '' }: LegFact): void => {
  const { legConnected } = draft.state();
  if (state === 'failed') draft.emit('AgentLegFailed', target, { error });
  else if (state === 'connected' && legConnected !== true) draft.emit('AgentLegConnected', target, {});
  else if (state === 'disconnected' && legConnected !== false) draft.emit('AgentLegDisconnected', target, {});
};
