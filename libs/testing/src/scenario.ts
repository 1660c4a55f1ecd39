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

const isPlain = (value: unknown): boolean =>
  value === null ||
  typeof value === 'string' ||
  typeof value === 'boolean' ||
  (typeof value === 'number' && Number.isFinite(value) && !Object.is(value, -0));

const keepFields = (value: Fields): Fields => {
  const copy: Record<string, unknown> = {};
  for (const key of Object.keys(value)) {
    const item = value[key];
    // To JSON an absent key and an undefined one are the same.
    if (item === undefined) continue;
    if (key === '__proto__') Object.defineProperty(copy, key, { value: keep(item), enumerable: true });
    else copy[key] = keep(item);
  }
  return copy;
};

/** What JSON would make of the value, frozen; throws for anything that it would not keep. */
const keep = (value: unknown): unknown => {
  if (isPlain(value)) return value;
  if (typeof value !== 'object' || value === null) throw new TypeError(`of type ${typeof value}`);
  // Only what was copied here before is frozen.
  if (Object.isFrozen(value)) return value;
  const isList = Array.isArray(value);
  if (!isList && Object.getPrototypeOf(value) !== Object.prototype) throw new TypeError('no plain object');
  const copy = isList ? value.map(keep) : keepFields(value as Fields);
  return Object.freeze(copy);
};

/** The value as it comes back from storage, frozen all the way down. */
const stored = <Value>(value: Value, what: string): Value => {
  try {
    return keep(value) as Value;
  } catch (error) {
    throw new Error(`${what} does not survive JSON: ${String(error)}`, { cause: error });
  }
};

/**
 * Given / when / then for a decider. Every input, event and state is copied on its way as JSON would do it and
 * frozen, each decision is made twice and must come out the same, and `faults` looks at each state reached.
 * A breach of these is thrown; what was decided is the caller's to expect.
 */
export const scenario = <State, Input, Event, Rejection>(
  decider: Decider<State, Input, Event, Rejection>,
  faults: (state: State) => readonly string[] = () => [],
): Scenario<State, Input, Event, Rejection> => {
  const history: Event[] = [];
  let state = stored(decider.initialState, 'the initial state');

  const fold = (events: readonly Event[]): readonly Event[] => {
    const read = events.map((event) => stored(event, 'an event'));
    state = stored(read.reduce(decider.evolve, state), 'a state');
    history.push(...read);
    return read;
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
    if (decided.value.length === 0) return { ok: true, value: [] };
    const value = fold(decided.value);
    check();
    return { ok: true, value };
  };

  return {
    state: () => state,
    history: () => history,
    given: (...events) => {
      fold(events);
      check();
    },
    when,
  };
};
