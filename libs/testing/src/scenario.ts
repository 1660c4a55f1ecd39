import { type Decider, type Result } from '@cordboard/kernel';
import { isDeepStrictEqual } from 'node:util';

/** One aggregate under test: its history so far and the inputs that it is given. */
export interface Scenario<State, Input, Event, Rejection> {
  readonly state: () => State;
  readonly history: () => readonly Event[];
  /** Folds what has happened before. */
  readonly given: (...events: readonly Event[]) => void;
  /** Decides an input, checks the manners of the decider and folds what came out. */
  readonly when: (input: Input) => Result<readonly Event[], Rejection>;
}

type Fields = Readonly<Record<string, unknown>>;

/** Whether JSON kept everything; to it an absent key and an undefined one are the same. Freezes the copy. */
const isKept = (copy: unknown, value: unknown): boolean => {
  if (typeof value !== 'object' || value === null) return Object.is(copy, value);
  if (typeof copy !== 'object' || copy === null || Array.isArray(copy) !== Array.isArray(value)) return false;
  Object.freeze(copy);
  const keys = Object.keys(value).filter((key) => (value as Fields)[key] !== undefined);
  const same = keys.every((key) => isKept((copy as Fields)[key], (value as Fields)[key]));
  return same && Object.keys(copy).length === keys.length;
};

/** The value as it comes back from storage, frozen all the way down. */
const stored = <Value>(value: Value, what: string): Value => {
  const text = JSON.stringify(value);
  const copy = JSON.parse(text) as Value;
  if (!isKept(copy, value)) throw new Error(`${what} does not survive JSON: ${text}`);
  return copy;
};

/**
 * Given / when / then for a decider. Every input, event and state goes through JSON on its way, all of them are
 * frozen, each decision is made twice and must come out the same, and `faults` looks at each state reached.
 * A breach of these is thrown; what was decided is the caller's to expect.
 */
export const scenario = <State, Input, Event, Rejection>(
  decider: Decider<State, Input, Event, Rejection>,
  faults: (state: State) => readonly string[] = () => [],
): Scenario<State, Input, Event, Rejection> => {
  const history: Event[] = [];
  let state = stored(decider.initialState, 'the initial state');

  const evolve = (event: Event): void => {
    const read = stored(event, 'an event');
    state = stored(decider.evolve(state, read), 'a state');
    history.push(read);
  };

  const check = (): void => {
    const found = faults(state);
    if (found.length > 0) throw new Error(`the state is broken: ${found.join('; ')}`);
  };

  const when = (input: Input): Result<readonly Event[], Rejection> => {
    const given = stored(input, 'an input');
    const decided = decider.decide(state, given);
    if (!isDeepStrictEqual(decided, decider.decide(state, given))) {
      throw new Error('the same input was decided differently');
    }
    if (!decided.ok) return { ok: false, error: stored(decided.error, 'a rejection') };
    const start = history.length;
    decided.value.forEach(evolve);
    check();
    return { ok: true, value: history.slice(start) };
  };

  return {
    state: () => state,
    history: () => history,
    given: (...events) => {
      events.forEach(evolve);
      check();
    },
    when,
  };
};
