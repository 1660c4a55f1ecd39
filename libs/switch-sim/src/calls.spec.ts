import {
  initialSwitch,
  legOf,
  nextTimerAt,
  openLeg,
  switchDecider,
  type SwitchEvent,
  type SwitchInput,
  type SwitchState,
} from './index.ts';

type Given = SwitchInput extends infer Input
  ? Input extends unknown
    ? Omit<Input, 'at' | 'seed'>
    : never
  : never;

const START = Date.UTC(2026, 0, 1);
const CALLER = '+12025550123';

const freeze = (value: unknown): void => {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return;
  Object.freeze(value);
  Object.values(value).forEach(freeze);
};

/** A switch under test: frozen states, every decision taken twice, events and states plain JSON. */
const simulation = () => {
  let state: SwitchState = initialSwitch();
  let now = START;
  let count = 0;
  const run = (given: Given, at: number) => {
    count += 1;
    const seed = `00000000-0000-7000-8000-${count.toString(16).padStart(8, '0')}0000`;
    const input = { ...given, at, seed } as SwitchInput;
    freeze(state);
    const decided = switchDecider.decide(state, input);
    expect(switchDecider.decide(state, input)).toEqual(decided);
    expect(JSON.parse(JSON.stringify(decided))).toEqual(decided);
    if (decided.ok) state = decided.value.reduce(switchDecider.evolve, state);
    return decided;
  };
  const apply = (given: Given): readonly SwitchEvent[] => {
    const decided = run(given, now);
    if (!decided.ok) throw new Error(decided.error.message);
    return decided.value;
  };
  return {
    apply,
    refusal: (given: Given): string => {
      const decided = run(given, now);
      return decided.ok ? 'accepted' : decided.error.code;
    },
    /** Moves the clock on, firing what is due at its time. */
    wait: (ms: number): readonly SwitchEvent[] => {
      const events: SwitchEvent[] = [];
      const end = now + ms;
      for (let due = nextTimerAt(state, now); due !== null && due <= end; due = nextTimerAt(state, now)) {
        now = Math.max(now, due);
        events.push(...apply({ kind: 'tick' }));
      }
      now = end;
      return events;
    },
    ready: (...agents: readonly string[]): void => {
      for (const agent of agents) {
        apply({ kind: 'log-in', agent });
        apply({ kind: 'activate', agent });
        apply({ kind: 'ready', agent });
        now += 1;
      }
    },
    leg: (agent: string): string => {
      const open = state.agents[agent] && openLeg(state.agents[agent]);
      if (open === undefined) throw new Error(`agent ${agent} has no leg`);
      return open.id;
    },
    media: (agent: string, leg: string) => legOf(state, agent, leg)?.media,
    call: (id: string) => state.calls[id],
    calls: () => Object.values(state.calls),
    state: () => state,
  };
};

const types = (events: readonly SwitchEvent[]): readonly string[] => events.map(({ type }) => type);
const placedId = (events: readonly SwitchEvent[]): string => {
  const placed = events.find(({ type }) => type === 'CallPlaced');
  return placed?.type === 'CallPlaced' ? placed.call : '';
};

describe('an inbound call to an extension', () => {
  it('rings an agent who is not ready, busy status first', () => {
    const sim = simulation();
    sim.apply({ kind: 'log-in', agent: '1001' });
    sim.apply({ kind: 'activate', agent: '1001' });
    const events = sim.apply({ kind: 'place-call', to: '1001', from: CALLER, name: 'Caller' });
    expect(types(events)).toEqual(['CallPlaced', 'AgentNotReady', 'LegOffered', 'LegRinging']);
    expect(events[1]).toMatchObject({ busy: true });
    expect(events[2]).toMatchObject({
      offered: { party: { number: CALLER, name: 'Caller' }, data: { ANI: CALLER, DNIS: '1001' } },
    });
  });

  it('starts, talks and adds the party in that order when accepted', () => {
    const sim = simulation();
    sim.ready('1001');
    sim.apply({ kind: 'place-call', to: '1001', from: CALLER });
    const events = sim.apply({ kind: 'accept', agent: '1001', leg: sim.leg('1001') });
    expect(types(events)).toEqual(['CallAnswered', 'LegStarted', 'LegTalking', 'PartyAdded']);
  });

  it('is busy for an agent who is logged out or handles another interaction', () => {
    const sim = simulation();
    const toNobody = sim.apply({ kind: 'place-call', to: '1002', from: CALLER });
    expect(toNobody.at(-1)).toMatchObject({ type: 'CallEnded', reason: 'busy' });
    sim.ready('1001');
    sim.apply({ kind: 'place-call', to: '1001', from: CALLER });
    expect(types(sim.apply({ kind: 'place-call', to: '1001', from: CALLER }))).toEqual([
      'CallPlaced',
      'CallEnded',
    ]);
  });

  it('frees the agent at once when the caller abandons', () => {
    const sim = simulation();
    sim.ready('1001');
    const call = placedId(sim.apply({ kind: 'place-call', to: '1001', from: CALLER }));
    const events = sim.apply({ kind: 'outside-hangs-up', call });
    expect(types(events)).toEqual(['LegEnded', 'AgentReady', 'CallEnded']);
    expect(events[1]).toMatchObject({ busy: false });
    expect(events[2]).toMatchObject({ reason: 'abandoned' });
  });

  it('ends when it is rejected', () => {
    const sim = simulation();
    sim.ready('1001');
    const call = placedId(sim.apply({ kind: 'place-call', to: '1001', from: CALLER }));
    sim.apply({ kind: 'reject', agent: '1001', leg: sim.leg('1001') });
    expect(sim.call(call)).toMatchObject({ status: 'ended', endReason: 'rejected', legs: [] });
  });

  it('is held, retrieved, muted, and busy until completed', () => {
    const sim = simulation();
    sim.ready('1001');
    sim.apply({ kind: 'place-call', to: '1001', from: CALLER });
    const leg = sim.leg('1001');
    const at = { agent: '1001', leg } as const;
    sim.apply({ kind: 'accept', ...at });
    expect(types(sim.apply({ kind: 'hold', ...at }))).toEqual(['LegHeld']);
    expect(sim.apply({ kind: 'hold', ...at })).toEqual([]);
    expect(types(sim.apply({ kind: 'retrieve', ...at }))).toEqual(['LegTalking']);
    expect(sim.apply({ kind: 'retrieve', ...at })).toEqual([]);
    expect(types(sim.apply({ kind: 'mute', ...at }))).toEqual(['LegMuted']);
    expect(sim.refusal({ kind: 'retrieve', ...at })).toBe('wrong-state');
    expect(types(sim.apply({ kind: 'unmute', ...at }))).toEqual(['LegTalking']);
    expect(sim.refusal({ kind: 'complete', ...at })).toBe('wrong-state');
    expect(types(sim.apply({ kind: 'release', ...at }))).toEqual(['LegEnded', 'CallEnded']);
    expect(sim.refusal({ kind: 'dial', agent: '1001', destination: '5550100' })).toBe('wrong-state');
    const events = sim.apply({ kind: 'complete', ...at });
    expect(types(events)).toEqual(['LegCompleted', 'AgentReady']);
    expect(events[1]).toMatchObject({ busy: false });
    expect(sim.apply({ kind: 'complete', ...at })).toEqual([]);
  });

  it.each([
    ['9999', CALLER, 'unknown extension'],
    ['1001', 'someone', 'not a number'],
  ])('is refused for %s from %s (%s)', (to, from) => {
    expect(simulation().refusal({ kind: 'place-call', to, from })).toBe('invalid');
  });

  it('is refused with data beyond the limits', () => {
    const big = Object.fromEntries(Array.from({ length: 65 }, (_, index) => [`k${String(index)}`, 'v']));
    expect(simulation().refusal({ kind: 'place-call', to: '7000', from: CALLER, data: big })).toBe('invalid');
  });
});

describe('the queue', () => {
  it('offers to the longest-idle ready agent', () => {
    const sim = simulation();
    sim.ready('1002', '1001');
    const events = sim.apply({ kind: 'place-call', to: '7000', from: CALLER });
    expect(events.find(({ type }) => type === 'LegOffered')).toMatchObject({
      agent: '1002',
      offered: { data: { QUEUE: '7000' } },
    });
  });

  it('keeps a call waiting until someone is ready, oldest first', () => {
    const sim = simulation();
    const first = placedId(sim.apply({ kind: 'place-call', to: '7000', from: CALLER }));
    const second = placedId(sim.apply({ kind: 'place-call', to: '7000', from: CALLER }));
    expect(sim.call(first)).toMatchObject({ status: 'queued' });
    sim.ready('1001');
    expect(sim.call(first)).toMatchObject({ status: 'ringing' });
    sim.ready('1002');
    expect(sim.call(second)).toMatchObject({ status: 'ringing', legs: [{ agent: '1002' }] });
  });

  it('takes a rejected call back and passes the agent over for ten seconds', () => {
    const sim = simulation();
    sim.ready('1001');
    const call = placedId(sim.apply({ kind: 'place-call', to: '7000', from: CALLER }));
    const refused = sim.leg('1001');
    const events = sim.apply({ kind: 'reject', agent: '1001', leg: refused });
    expect(types(events)).toEqual(['LegEnded', 'AgentReady', 'CallRequeued']);
    expect(sim.call(call)).toMatchObject({ status: 'queued' });
    expect(sim.wait(9_999)).toEqual([]);
    expect(types(sim.wait(1))).toContain('LegOffered');
    expect(sim.leg('1001')).not.toBe(refused);
  });

  it('offers a rejected call to another agent at once', () => {
    const sim = simulation();
    sim.ready('1001', '1002');
    const call = placedId(sim.apply({ kind: 'place-call', to: '7000', from: CALLER }));
    sim.apply({ kind: 'reject', agent: '1001', leg: sim.leg('1001') });
    expect(sim.call(call)).toMatchObject({ status: 'ringing', legs: [{ agent: '1002' }] });
  });

  it('gives the next call when an interaction is completed', () => {
    const sim = simulation();
    sim.ready('1001');
    sim.apply({ kind: 'place-call', to: '7000', from: CALLER });
    const next = placedId(sim.apply({ kind: 'place-call', to: '7000', from: CALLER }));
    const at = { agent: '1001', leg: sim.leg('1001') } as const;
    sim.apply({ kind: 'accept', ...at });
    sim.apply({ kind: 'release', ...at });
    expect(sim.call(next)).toMatchObject({ status: 'queued' });
    expect(types(sim.apply({ kind: 'complete', ...at }))).toEqual([
      'LegCompleted',
      'AgentReady',
      'AgentReady',
      'LegOffered',
      'LegRinging',
    ]);
  });
});

describe('an outbound call', () => {
  const dialled = (destination: string) => {
    const sim = simulation();
    sim.ready('1001', '1002');
    const events = sim.apply({ kind: 'dial', agent: '1001', destination });
    return { sim, events, call: placedId(events), leg: sim.leg('1001') };
  };

  it('makes the interaction appear, then dials', () => {
    expect(types(dialled('5550100').events)).toEqual([
      'CallPlaced',
      'AgentReady',
      'LegOffered',
      'LegDialing',
    ]);
  });

  it.each(['5550100', '5557777'])('is answered after a second by %s', (destination) => {
    const { sim } = dialled(destination);
    expect(sim.wait(999)).toEqual([]);
    expect(types(sim.wait(1))).toEqual(['CallAnswered', 'LegStarted', 'LegTalking', 'PartyAdded']);
    expect(sim.wait(600_000)).toEqual([]);
  });

  it.each([
    ['5550101', 'LegBusy', 'busy'],
    ['5550103', 'LegFailed', 'failed'],
  ])('to %s ends with %s and waits for complete', (destination, last, endReason) => {
    const { sim, call, leg } = dialled(destination);
    expect(types(sim.wait(1_000))).toEqual([last, 'CallEnded']);
    expect(sim.call(call)).toMatchObject({ endReason });
    expect(types(sim.apply({ kind: 'complete', agent: '1001', leg }))).toContain('LegCompleted');
  });

  it('rings for ever at 0102, until the agent cancels', () => {
    const { sim, leg } = dialled('5550102');
    expect(sim.wait(86_400_000)).toEqual([]);
    expect(types(sim.apply({ kind: 'reject', agent: '1001', leg }))).toEqual(['LegEnded', 'CallEnded']);
  });

  it('is answered by 0104, which hangs up after five seconds', () => {
    const { sim } = dialled('5550104');
    sim.wait(1_000);
    expect(sim.wait(4_999)).toEqual([]);
    expect(types(sim.wait(1))).toEqual(['LegEnded', 'CallEnded']);
  });

  it('can be answered and refused for the outside party', () => {
    const answered = dialled('5550102');
    answered.sim.apply({ kind: 'outside-answers', call: answered.call });
    expect(answered.sim.refusal({ kind: 'outside-answers', call: answered.call })).toBe('wrong-state');
    const refused = dialled('5550102');
    expect(types(refused.sim.apply({ kind: 'outside-hangs-up', call: refused.call }))[0]).toBe('LegFailed');
  });

  it('joins two agents, whichever of them ends it', () => {
    const { sim, leg } = dialled('1002');
    const answered = sim.apply({ kind: 'accept', agent: '1002', leg: sim.leg('1002') });
    expect(types(answered).filter((type) => type === 'LegTalking')).toHaveLength(2);
    sim.apply({ kind: 'hold', agent: '1002', leg: sim.leg('1002') });
    expect(sim.media('1001', leg)).toBe('TALKING');
    sim.apply({ kind: 'release', agent: '1001', leg });
    expect(sim.media('1002', sim.leg('1002'))).toBe('RELEASED');
  });

  it.each([
    ['1003', 'extension not reachable'],
    ['7000', 'the queue takes outside calls only'],
  ])('to %s fails with a reason', (destination, reason) => {
    expect(dialled(destination).events.at(-2)).toMatchObject({ type: 'LegFailed', reason });
  });

  it('is refused for what is no number', () => {
    const sim = simulation();
    sim.ready('1001');
    expect(sim.refusal({ kind: 'dial', agent: '1001', destination: 'home' })).toBe('invalid');
  });
});

describe('an agent', () => {
  it('is refused before logging in, and when unknown', () => {
    const sim = simulation();
    expect(sim.refusal({ kind: 'activate', agent: '1001' })).toBe('wrong-state');
    expect(sim.refusal({ kind: 'log-in', agent: '2001' })).toBe('unknown');
    expect(sim.refusal({ kind: 'log-in', agent: '1001', extension: '1002' })).toBe('invalid');
  });

  it('cannot log out on a call, and completes by logging out', () => {
    const sim = simulation();
    sim.ready('1001');
    sim.apply({ kind: 'place-call', to: '1001', from: CALLER });
    const at = { agent: '1001', leg: sim.leg('1001') } as const;
    sim.apply({ kind: 'accept', ...at });
    expect(sim.refusal({ kind: 'log-out', agent: '1001' })).toBe('wrong-state');
    expect(sim.refusal({ kind: 'deactivate', agent: '1001' })).toBe('wrong-state');
    sim.apply({ kind: 'release', ...at });
    expect(types(sim.apply({ kind: 'log-out', agent: '1001' }))).toEqual([
      'LegCompleted',
      'ChannelDeactivated',
      'AgentLoggedOut',
    ]);
  });

  it('changes status during a call and keeps it afterwards', () => {
    const sim = simulation();
    sim.ready('1001');
    sim.apply({ kind: 'place-call', to: '1001', from: CALLER });
    const events = sim.apply({ kind: 'not-ready', agent: '1001', reasonCode: 'acw' });
    expect(events).toEqual([
      { type: 'AgentNotReady', agent: '1001', busy: true, reasonCode: 'acw', reasonName: '' },
    ]);
    expect(sim.apply({ kind: 'not-ready', agent: '1001', reasonCode: 'acw' })).toEqual([]);
  });

  it('hears tones both ways, the last sixty-four', () => {
    const sim = simulation();
    sim.ready('1001');
    const call = placedId(sim.apply({ kind: 'place-call', to: '1001', from: CALLER }));
    expect(sim.refusal({ kind: 'outside-sends-tones', call, digits: '1' })).toBe('wrong-state');
    const at = { agent: '1001', leg: sim.leg('1001') } as const;
    sim.apply({ kind: 'accept', ...at });
    sim.apply({ kind: 'send-tones', ...at, digits: '42#' });
    expect(sim.refusal({ kind: 'send-tones', ...at, digits: 'A' })).toBe('invalid');
    for (let round = 0; round < 3; round += 1)
      sim.apply({ kind: 'outside-sends-tones', call, digits: '7'.repeat(60) });
    expect(sim.call(call)?.tones).toEqual({ byAgents: '42#', byOutside: '7'.repeat(64) });
  });
});

describe('limits', () => {
  it('refuses a call beyond the last free line, and clears all', () => {
    const sim = simulation();
    const waiting = { status: 'queued', avoid: [], legs: [] };
    const full = Array.from({ length: 1_000 }, (_, index) => [String(index), waiting] as const);
    const crowded = { ...sim.state(), calls: Object.fromEntries(full) } as unknown as SwitchState;
    const input = {
      kind: 'place-call',
      to: '7000',
      from: CALLER,
      at: START,
      seed: 'seed',
    } as const;
    expect(switchDecider.decide(crowded, input)).toMatchObject({ ok: false, error: { code: 'limit' } });
    sim.apply({ kind: 'place-call', to: '7000', from: CALLER });
    sim.apply({ kind: 'clear-calls' });
    expect(sim.calls()).toEqual([]);
  });

  it('forgets the oldest ended calls', () => {
    const sim = simulation();
    for (let count = 0; count < 210; count += 1) sim.apply({ kind: 'place-call', to: '1005', from: CALLER });
    expect(sim.calls()).toHaveLength(200);
  });
});
