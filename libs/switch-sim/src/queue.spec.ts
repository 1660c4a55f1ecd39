import { demoQueues, initialSwitch, queueFigures, type RosterEntry } from './index.ts';
import { inWords, type Simulation, simulation } from './simulation.ts';

const FROM = '+12025550123';

/** Agents and how well they speak Spanish. */
const roster = (levels: Readonly<Record<string, number>>): readonly RosterEntry[] =>
  Object.entries(levels).map(([id, level]) => ({
    id,
    name: id,
    password: 'demo',
    skills: Object.fromEntries(level === 0 ? [] : [['spanish', level]]),
  }));

const BY_IDLENESS = { number: '7003', name: 'Queue 7003', skill: 'spanish', bestFirst: false };

const house = (levels: Readonly<Record<string, number>>): Simulation => {
  const sim = simulation(initialSwitch({ roster: roster(levels), queues: [...demoQueues, BY_IDLENESS] }));
  sim.ready(...Object.keys(levels));
  return sim;
};

/** Who is rung for a call to a queue. */
const rung = (sim: Simulation, to: string): string | undefined => {
  const words = inWords(sim.run({ kind: 'place-call', to, from: FROM }));
  return words.find((word) => word.endsWith('LegRinging'))?.split(' ')[0];
};

describe('a queue', () => {
  it.each([
    ['7000', ['1', '2', '3', '4'], 'asks whoever is idle longest'],
    ['7003', ['2', '3', '4', undefined], 'with a skill asks those who have it, idle longest first'],
    ['7002', ['4', '2', '3', undefined], 'that wants the best asks by level, then by idle time'],
  ])('%s: %j %s', (queue, order) => {
    const sim = house({ '1': 0, '2': 5, '3': 5, '4': 8 });
    expect(order.map(() => rung(sim, queue))).toEqual(order);
  });

  it('lets a call for a skill wait and gives others what comes after it', () => {
    const sim = house({ '1': 0 });
    expect(rung(sim, '7002')).toBeUndefined();
    expect(rung(sim, '7000')).toBe('1');
  });

  it('knows three queues and three agents with the skill in the demonstration', () => {
    const sim = simulation();
    sim.ready('1001', '1002', '1003', '1004');
    expect([1, 2, 3, 4].map(() => rung(sim, '7002'))).toEqual(['1002', '1003', '1001', undefined]);
    expect(rung(sim, '7001')).toBe('1004');
  });

  it('counts idle time from when an agent became ready without work', () => {
    const sim = simulation();
    sim.ready('1001', '1002');
    sim.run({ kind: 'place-call', to: '1001', from: FROM });
    sim.run({ kind: 'not-ready', agent: '1001', reasonCode: 'break' });
    sim.wait(10);
    sim.run({ kind: 'ready', agent: '1001' });
    sim.wait(10);
    sim.run({ kind: 'not-ready', agent: '1002', reasonCode: 'break' });
    sim.run({ kind: 'ready', agent: '1002' });
    sim.wait(10);
    sim.run({ kind: 'reject', agent: '1001', work: sim.work('1001')?.id ?? '' });
    expect(rung(sim, '7000')).toBe('1002');
  });
});

describe('the figures of the queues', () => {
  it('say how many wait and how long the first of them has', () => {
    const sim = simulation();
    const now = Date.UTC(2026, 0, 1);
    rung(sim, '7000');
    sim.wait(3_000);
    rung(sim, '7000');
    sim.run({ kind: 'place-contact', type: 'CHAT', to: '7001', from: 'customer@example.com' });
    sim.wait(1_000);
    const figures = queueFigures(sim.state(), now + 4_000).map((one) => ({ ...one }));
    expect(figures).toEqual([
      { id: '7000', name: 'Queue 7000', waiting: 2, longestWaitMs: 4_000 },
      { id: '7001', name: 'Queue 7001', waiting: 1, longestWaitMs: 1_000 },
      { id: '7002', name: 'Queue 7002', waiting: 0, longestWaitMs: 0 },
    ]);
    sim.ready('1001');
    expect(queueFigures(sim.state(), now + 4_000)[0]).toMatchObject({ waiting: 1, longestWaitMs: 1_000 });
  });
});
