import { beginWalk, type Draw, sessionScenario, walkStep, walkRuns } from '@cordboard/testing/scenario';
import fc from 'fast-check';
import { type SessionEvent } from '../session-event.ts';
import { type SessionInput } from '../session-input.ts';
import { sessionDecider } from './decide.ts';
import { type SessionState } from './session-state.ts';

/** An input that was taken, and what came of it. */
interface Taken {
  readonly input: SessionInput;
  readonly events: readonly SessionEvent[];
}

const draws = fc.array(
  fc.record({ kind: fc.nat(99), what: fc.nat(999), where: fc.nat(999), how: fc.nat(999) }),
  { minLength: 10, maxLength: 80, size: 'max' },
);

const lifeOf = (some: readonly Draw[]): readonly Taken[] => {
  const life: Taken[] = [];
  const s = sessionScenario(undefined, (input, events) => life.push({ input, events }));
  beginWalk(s, some[0]?.how ?? 0);
  some.forEach((draw) => walkStep(s, draw));
  return life;
};

const throughJson = <Value>(value: Value): Value => JSON.parse(JSON.stringify(value)) as Value;
const foldOn = (state: SessionState, events: readonly SessionEvent[]): SessionState =>
  events.reduce(sessionDecider.evolve, state);
const folded = (life: readonly Taken[]): SessionState =>
  foldOn(sessionDecider.initialState, throughJson(life.flatMap(({ events }) => events)));

const decided = (state: SessionState, input: SessionInput): readonly SessionEvent[] => {
  const taken = sessionDecider.decide(state, input);
  if (!taken.ok) throw new Error(`${input.kind} was refused by the new owner: ${taken.error.message}`);
  return taken.value;
};

/** Lets another owner live on from `state`; it has to decide every input as the first one did. */
const livesOn = (state: SessionState, rest: readonly Taken[]): SessionState =>
  rest.reduce((before, { input, events }) => {
    const again = decided(before, input);
    expect(again).toEqual(events);
    return foldOn(before, again);
  }, state);

const claimed = (state: SessionState, at: number): SessionState =>
  foldOn(
    state,
    decided(state, {
      kind: 'claim',
      epoch: 7,
      worker: 'other',
      at,
      seed: '019a0000-0000-7000-8000-000000000000',
    }),
  );

describe('an owner that takes a session over', () => {
  it('decides as the one before, wherever the history was cut', () => {
    const cutAnywhere = (some: readonly Draw[], cuts: readonly number[]): void => {
      const life = lifeOf(some);
      for (const cut of cuts) {
        const at = cut % (life.length + 1);
        const state = folded(life.slice(0, at));
        const rest = life.slice(at);
        const end = livesOn(state, rest);
        expect(throughJson(end)).toEqual(throughJson(folded(life)));
        // A claim is an event of the stream too, and a snapshot stands for the events before it.
        const there = rest[0]?.input.at ?? 0;
        if (at > 0) livesOn(claimed(throughJson(state), there), rest);
      }
    };
    const cuts = fc.array(fc.nat(999), { minLength: 2, maxLength: 2 });
    fc.assert(fc.property(draws, cuts, cutAnywhere), walkRuns(25));
  });

  it('decides as the one before at every single cut of one life', () => {
    fc.assert(
      fc.property(draws, (some) => {
        const life = lifeOf(some);
        life.forEach((_, cut) => {
          const next = life[cut];
          if (next !== undefined) livesOn(folded(life.slice(0, cut)), [next]);
        });
      }),
      { seed: 1, numRuns: 8 },
    );
  });
});
