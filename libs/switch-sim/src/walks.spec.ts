import fc from 'fast-check';
import {
  initialSwitch,
  openLeg,
  switchDecider,
  type SwitchEvent,
  type SwitchInput,
  type SwitchState,
} from './index.ts';

/** One step of a walk: what to try, for whom, after how long. */
interface Step {
  readonly what: (typeof KINDS)[number];
  readonly agent: number;
  readonly number: number;
  readonly pause: number;
}

const KINDS = [
  'log-in',
  'activate',
  'ready',
  'ready',
  'not-ready',
  'deactivate',
  'log-out',
  'dial',
  'place',
  'place',
  'place-queue',
  'accept',
  'accept',
  'reject',
  'hold',
  'retrieve',
  'release',
  'complete',
  'outside-answers',
  'outside-hangs-up',
  'tick',
] as const;
const NUMBERS = ['5550100', '5550101', '5550102', '5550103', '5550104', '1001', '1002', '1003', '7000'];
const START = Date.UTC(2026, 0, 1);

const steps = fc.array(
  fc.record({
    what: fc.constantFrom(...KINDS),
    agent: fc.integer({ min: 1001, max: 1003 }),
    number: fc.nat({ max: NUMBERS.length - 1 }),
    pause: fc.constantFrom(0, 0, 300, 1_000, 6_000, 11_000),
  }),
  { minLength: 60, maxLength: 120 },
);

const seedOf = (count: number): string =>
  `00000000-0000-7000-8000-${count.toString(16).padStart(8, '0')}0000`;

const inputOf = (state: SwitchState, step: Step, at: number, seed: string): SwitchInput => {
  const agent = String(step.agent);
  const leg = state.agents[agent]?.legs.at(-1)?.id ?? 'none';
  const calls = Object.keys(state.calls);
  const call = calls[step.number % Math.max(1, calls.length)] ?? 'none';
  const destination = NUMBERS[step.number] ?? '5550100';
  const from = '+12025550123';
  switch (step.what) {
    case 'place':
      return { kind: 'place-call', to: agent, from, at, seed };
    case 'place-queue':
      return { kind: 'place-call', to: '7000', from, at, seed };
    case 'dial':
      return { kind: 'dial', agent, destination, at, seed };
    case 'not-ready':
      return { kind: 'not-ready', agent, reasonCode: 'break', at, seed };
    case 'accept':
    case 'reject':
    case 'hold':
    case 'retrieve':
    case 'release':
    case 'complete':
      return { kind: step.what, agent, leg, at, seed };
    case 'outside-answers':
    case 'outside-hangs-up':
      return { kind: step.what, call, at, seed };
    case 'log-in':
    case 'activate':
    case 'ready':
    case 'deactivate':
    case 'log-out':
      return { kind: step.what, agent, at, seed };
    case 'tick':
      return { kind: 'tick', at, seed };
  }
};

const live = (state: SwitchState): readonly string[] =>
  Object.values(state.agents).flatMap(({ legs }) =>
    legs.filter(({ media }) => media !== 'RELEASED').map(({ call, id }) => `${call}/${id}`),
  );

/** What is wrong with a state, in words. */
const problems = (state: SwitchState): readonly string[] => {
  const byCalls = Object.values(state.calls).flatMap(({ id, legs }) => legs.map(({ leg }) => `${id}/${leg}`));
  const agree = [...live(state)].sort().join() === [...byCalls].sort().join();
  const agents = Object.values(state.agents).flatMap((agent) => [
    ...(agent.legs.filter(({ interaction }) => interaction !== 'COMPLETED').length > 1
      ? ['two interactions']
      : []),
    ...(agent.ready && !agent.active ? ['ready without a phone'] : []),
    ...(openLeg(agent)?.media === 'TALKING' && !agent.loggedIn ? ['talking without a login'] : []),
  ]);
  const calls = Object.values(state.calls).flatMap(({ status, legs, timer }) => [
    ...(status === 'ended' && (legs.length > 0 || timer !== null) ? ['ended and alive'] : []),
    ...(status === 'queued' && legs.length > 0 ? ['queued and offered'] : []),
    ...((status === 'talking' || status === 'ringing') && legs.length === 0 ? ['nobody there'] : []),
  ]);
  return [...(agree ? [] : ['agents and calls disagree']), ...agents, ...calls];
};

const walk = (plan: readonly Step[], each: (state: SwitchState) => void = () => undefined) => {
  let state = initialSwitch();
  let at = START;
  const events: SwitchEvent[] = [];
  const apply = (input: SwitchInput): void => {
    const decided = switchDecider.decide(state, input);
    if (!decided.ok) return;
    state = decided.value.reduce(switchDecider.evolve, state);
    events.push(...decided.value);
    each(state);
  };
  for (const agent of ['1001', '1002', '1003']) {
    apply({ kind: 'log-in', agent, at, seed: seedOf(50_000) });
    apply({ kind: 'activate', agent, at, seed: seedOf(50_001) });
    apply({ kind: 'ready', agent, at, seed: seedOf(50_002) });
  }
  plan.forEach((step, index) => {
    at += step.pause;
    apply({ kind: 'tick', at, seed: seedOf(2 * index) });
    apply(inputOf(state, step, at, seedOf(2 * index + 1)));
  });
  apply({ kind: 'clear-calls', at, seed: seedOf(60_000) });
  return { state, events };
};

describe('a walk through the switch', () => {
  it('keeps agents and calls in agreement after every step', () => {
    fc.assert(
      fc.property(steps, (plan) => void walk(plan, (state) => expect(problems(state)).toEqual([]))),
      { numRuns: 40 },
    );
  });

  it('ends every call exactly once', () => {
    fc.assert(
      fc.property(steps, (plan) => {
        const { events } = walk(plan);
        const idsOf = (type: SwitchEvent['type']): readonly string[] =>
          events.flatMap((event) => (event.type === type && 'call' in event ? [event.call] : []));
        expect([...idsOf('CallEnded')].sort()).toEqual([...idsOf('CallPlaced')].sort());
      }),
    );
  });

  it('ends every leg that was offered exactly once, and never speaks of it again', () => {
    const over = ['LegEnded', 'LegBusy', 'LegFailed'];
    fc.assert(
      fc.property(steps, (plan) => {
        const { events } = walk(plan);
        const legs = events.filter((event) => event.type === 'LegOffered').map(({ leg }) => leg);
        expect(new Set(legs).size).toBe(legs.length);
        for (const leg of legs) {
          const types = events.filter((event) => 'leg' in event && event.leg === leg).map(({ type }) => type);
          const rest = types.slice(types.findIndex((type) => over.includes(type)) + 1);
          expect(types.filter((type) => over.includes(type))).toHaveLength(1);
          expect(rest.filter((type) => type !== 'LegCompleted')).toEqual([]);
        }
      }),
    );
  });

  it('fires timers in the order of their time', () => {
    fc.assert(
      fc.property(steps, (plan) => {
        const times = walk(plan).events.flatMap((event) =>
          event.type === 'CallAnswered' || event.type === 'CallEnded' ? [event.at] : [],
        );
        expect(times).toEqual([...times].sort((one, other) => one - other));
      }),
    );
  });

  it('reaches what it is about', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(steps, (plan) => walk(plan).events.forEach(({ type }) => seen.add(type))),
      { seed: 1 },
    );
    const expected = [
      'LegTalking',
      'LegHeld',
      'LegBusy',
      'LegFailed',
      'CallRequeued',
      'LegCompleted',
      'AgentLoggedOut',
    ];
    expect(expected.filter((type) => !seen.has(type))).toEqual([]);
  });

  it('replays to the same state', () => {
    fc.assert(
      fc.property(steps, (plan) => {
        const { state, events } = walk(plan);
        expect(walk(plan)).toEqual({ state, events });
        expect(events.reduce(switchDecider.evolve, initialSwitch())).toEqual(state);
      }),
      { numRuns: 20 },
    );
  });
});
