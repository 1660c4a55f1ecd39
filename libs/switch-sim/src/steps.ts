import { type SwitchState } from './model.ts';
import { evolve } from './evolve.ts';
import { type SwitchEvent } from './switch-event.ts';

/** One part of a decision; it sees the state that the parts before it led to. */
export type Step = (state: SwitchState) => readonly SwitchEvent[];

/** A part that is known already. */
export const say =
  (...events: readonly SwitchEvent[]): Step =>
  () =>
    events;

/** The events of all parts, in order. */
export const inOrder = (state: SwitchState, ...steps: readonly Step[]): readonly SwitchEvent[] => {
  const events: SwitchEvent[] = [];
  let current = state;
  steps.forEach((step, index) => {
    const more = step(current);
    events.push(...more);
    if (index < steps.length - 1) current = more.reduce(evolve, current);
  });
  return events;
};

/** Several parts as one. */
export const sequence =
  (...steps: readonly Step[]): Step =>
  (state) =>
    inOrder(state, ...steps);

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
