import { evolveCall } from './evolve-call.ts';
import { evolveLeg } from './evolve-leg.ts';
import { type Agent, type SwitchState } from './model.ts';
import { type SwitchEvent } from './switch-event.ts';

const withAgent = (state: SwitchState, id: string, change: Partial<Agent>): SwitchState => {
  const agent = state.agents[id];
  return agent === undefined
    ? state
    : { ...state, agents: { ...state.agents, [id]: { ...agent, ...change } } };
};

const gone: Partial<Agent> = { active: false, ready: false, reasonCode: '', reasonName: '' };

/** Folds one event into the state of the switch. */
export const evolve = (state: SwitchState, event: SwitchEvent): SwitchState => {
  switch (event.type) {
    case 'AgentLoggedIn':
      return withAgent(state, event.agent, { loggedIn: true });
    case 'AgentLoggedOut':
      return withAgent(state, event.agent, { ...gone, loggedIn: false });
    case 'ChannelActivated':
      return withAgent(state, event.agent, { active: true });
    case 'ChannelDeactivated':
      return withAgent(state, event.agent, gone);
    case 'AgentReady':
      return withAgent(state, event.agent, { ready: true, idleSince: event.at });
    case 'AgentNotReady':
      return withAgent(state, event.agent, {
        ready: false,
        reasonCode: event.reasonCode,
        reasonName: event.reasonName,
      });
    case 'LegOffered':
    case 'LegRinging':
    case 'LegDialing':
    case 'LegStarted':
    case 'LegTalking':
    case 'LegHeld':
    case 'LegMuted':
    case 'PartyAdded':
    case 'LegBusy':
    case 'LegFailed':
    case 'LegEnded':
    case 'LegCompleted':
      return evolveCall(evolveLeg(state, event), event);
    case 'CallPlaced':
    case 'CallAnswered':
    case 'CallRequeued':
    case 'TonesSent':
    case 'CallEnded':
      return evolveCall(state, event);
    case 'CallsCleared':
      return { ...state, calls: {} };
  }
};
