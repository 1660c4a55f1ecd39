import { type Result } from './result.ts';

/**
 * The whole contract of an aggregate: pure, synchronous, small.
 *
 * `decide` turns an input into events or a typed rejection; `evolve` folds one event into the state. Neither
 * reads a clock, makes an id or performs I/O: time and ids come in with the input, effects go out as events.
 */
export interface Decider<State, Input, Event, Rejection> {
  readonly initialState: State;
  readonly decide: (state: State, input: Input) => Result<readonly Event[], Rejection>;
  readonly evolve: (state: State, event: Event) => State;
}

/** Folds a history into the state that it leads to. */
export const fold = <State, Event>(
  decider: Pick<Decider<State, never, Event, never>, 'initialState' | 'evolve'>,
  events: Iterable<Event>,
): State => {
  let state = decider.initialState;
  for (const event of events) state = decider.evolve(state, event);
  return state;
};
