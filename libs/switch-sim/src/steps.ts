import { type Agent, type SwitchState } from './model.ts';
import { evolve } from './evolve.ts';
import { type SwitchEvent } from './switch-event.ts';

/** One part of a decision; it sees the state that the parts before it led to. */
export type Step = (state: SwitchState) => readonly SwitchEvent[];

/** The events of all parts, in order. */
export const inOrder = (state: SwitchState, ...steps: readonly Step[]): readonly SwitchEvent[] => {
  const events: SwitchEvent[] = [];
  let current = state;
  for (const step of steps) {
    const more = step(current);
    events.push(...more);
    current = more.reduce(evolve, current);
  }
  return events;
};

/** Takes one part after the other, each chosen in the state that the ones before led to, until there is none. */
export const repeatedly =
  (next: (state: SwitchState) => Step | null): Step =>
  (state) => {
    const events: SwitchEvent[] = [];
    let current = state;
    for (let step = next(current); step !== null; step = next(current)) {
      const more = step(current);
      events.push(...more);
      current = more.reduce(evolve, current);
    }
    return events;
  };

/** What the agent's phone now says of the agent: available or not, handling an interaction or not. */
export const statusEvent = (agent: Agent, busy: boolean, at: number): SwitchEvent =>
  agent.ready
    ? { type: 'AgentReady', agent: agent.id, busy, at }
    : {
        type: 'AgentNotReady',
        agent: agent.id,
        busy,
        reasonCode: agent.reasonCode,
        reasonName: agent.reasonName,
      };
