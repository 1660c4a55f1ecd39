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

const throughJson = <Value>(value: Value, what: string): Value => {
  const copy = JSON.parse(JSON.stringify(value)) as Value;
  if (JSON.stringify(copy) !== JSON.stringify(value) || !isDeepStrictEqual(copy, withoutUndefined(value))) {
    throw new Error(`${what} does not survive JSON: ${JSON.stringify(value)}`);
  }
  return copy;
};

/** An absent key and an undefined one are the same to JSON. */
const withoutUndefined = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withoutUndefined);
  if (typeof value !== 'object' || value === null) return value;
  if (Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => item !== undefined)
      .map(([key, item]) => [key, withoutUndefined(item)]),
  );
};

const frozen = <Value>(value: Value): Value => {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(frozen);
  }
  return value;
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
  let state = frozen(throughJson(decider.initialState, 'the initial state'));

  const evolve = (event: Event): void => {
    const stored = frozen(throughJson(event, 'an event'));
    state = frozen(throughJson(decider.evolve(state, stored), 'a state'));
    history.push(stored);
  };

  const check = (): void => {
    const found = faults(state);
    if (found.length > 0) throw new Error(`the state is broken: ${found.join('; ')}`);
  };

  const when = (input: Input): Result<readonly Event[], Rejection> => {
    const given = frozen(throughJson(input, 'an input'));
    const decided = decider.decide(state, given);
    if (!isDeepStrictEqual(decided, decider.decide(state, given))) {
      throw new Error('the same input was decided differently');
    }
    if (!decided.ok) return { ok: false, error: throughJson(decided.error, 'a rejection') };
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
