import { callOf, callsOf, initialSwitch, lineOf, statusOf, type SwitchEvent } from './index.ts';
import { type Given, inWords, simulation } from './simulation.ts';

const CALLER = '+12025550123';

/** A switch under test: every decision taken twice, events and states plain JSON. */
const tested = (start = initialSwitch()) => {
  const sim = simulation(start);
  const apply = (given: Given): readonly SwitchEvent[] => {
    const before = sim.state();
    const again = simulation(before);
    const decided = sim.run(given);
    expect(inWords(again.run(given))).toEqual(inWords(decided));
    expect(JSON.parse(JSON.stringify(decided))).toEqual(decided);
    if (!decided.ok) throw new Error(decided.error.message);
    return decided.value;
  };
  return {
    apply,
    refusal: (given: Given): string => {
      const decided = sim.run(given);
      return decided.ok ? 'accepted' : decided.error.code;
    },
    wait: sim.wait,
    ready: sim.ready,
    leg: (agent: string): string => {
      const leg = sim.leg(agent);
      if (leg === null) throw new Error(`agent ${agent} has no leg`);
      return leg.id;
    },
    media: (agent: string, leg: string) => lineOf(sim.state(), agent, leg)?.leg.media,
    call: (id: string) => {
      const call = callOf(sim.state(), id);
      return call && { ...call, status: statusOf(call) };
    },
    calls: () => callsOf(sim.state()),
    state: sim.state,
  };
};

const types = (events: readonly SwitchEvent[]): readonly string[] => events.map(({ type }) => type);
const placedId = (events: readonly SwitchEvent[]): string => {
  const placed = events.find(({ type }) => type === 'CallPlaced');
  return placed?.type === 'CallPlaced' ? placed.call : '';
};

describe('an inbound call to an extension', () => {
  it('rings an agent who is not ready, busy status first', () => {
    const sim = tested();
    sim.apply({ kind: 'log-in', agent: '1001' });
    sim.apply({ kind: 'activate', agent: '1001' });
    const events = sim.apply({ kind: 'place-call', to: '1001', from: CALLER, name: 'Caller' });
    expect(types(events)).toEqual(['CallPlaced', 'AgentNotReady', 'WorkOffered', 'LegRinging']);
    expect(events[1]).toMatchObject({ busy: true });
    expect(events[2]).toMatchObject({
      offered: {
        primary: { parties: [{ number: CALLER, name: 'Caller' }] },
        data: { ANI: CALLER, DNIS: '1001' },
      },
    });
  });

  it('starts, talks and adds the party in that order when accepted', () => {
    const sim = tested();
    sim.ready('1001');
    sim.apply({ kind: 'place-call', to: '1001', from: CALLER });
    const events = sim.apply({ kind: 'accept', agent: '1001', work: sim.leg('1001') });
    expect(types(events)).toEqual(['CallAnswered', 'LegStarted', 'LegTalking', 'PartyAdded']);
  });

  it('is busy for an agent who is logged out or handles another interaction', () => {
    const sim = tested();
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
    const sim = tested();
    sim.ready('1001');
    const call = placedId(sim.apply({ kind: 'place-call', to: '1001', from: CALLER }));
    const events = sim.apply({ kind: 'outside-hangs-up', call });
    expect(types(events)).toEqual(['LegEnded', 'AgentReady', 'CallEnded']);
    expect(events[1]).toMatchObject({ busy: false });
    expect(events[2]).toMatchObject({ reason: 'abandoned' });
  });

  it('ends when it is rejected', () => {
    const sim = tested();
    sim.ready('1001');
    const call = placedId(sim.apply({ kind: 'place-call', to: '1001', from: CALLER }));
    sim.apply({ kind: 'reject', agent: '1001', work: sim.leg('1001') });
    expect(sim.call(call)).toMatchObject({ status: 'ended', endReason: 'rejected', members: [] });
  });

  it('is held, retrieved, muted, and busy until completed', () => {
    const sim = tested();
    sim.ready('1001');
    sim.apply({ kind: 'place-call', to: '1001', from: CALLER });
    const leg = sim.leg('1001');
    const at = { agent: '1001', leg, work: leg } as const;
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
    expect(types(events)).toEqual(['WorkCompleted', 'AgentReady']);
    expect(events[1]).toMatchObject({ busy: false });
    expect(sim.apply({ kind: 'complete', ...at })).toEqual([]);
  });

  it.each([
    ['9999', CALLER, 'unknown extension'],
    ['1001', 'someone', 'not a number'],
  ])('is refused for %s from %s (%s)', (to, from) => {
    expect(tested().refusal({ kind: 'place-call', to, from })).toBe('invalid');
  });

  it('is refused with data beyond the limits', () => {
    const big = Object.fromEntries(Array.from({ length: 65 }, (_, index) => [`k${String(index)}`, 'v']));
    expect(tested().refusal({ kind: 'place-call', to: '7000', from: CALLER, data: big })).toBe('invalid');
  });
});

describe('the queue', () => {
  it('offers to the longest-idle ready agent', () => {
    const sim = tested();
    sim.ready('1002', '1001');
    const events = sim.apply({ kind: 'place-call', to: '7000', from: CALLER });
    expect(events.find(({ type }) => type === 'WorkOffered')).toMatchObject({
      agent: '1002',
      offered: { data: { QUEUE: '7000' } },
    });
  });

  it('keeps a call waiting until someone is ready, oldest first', () => {
    const sim = tested();
    const first = placedId(sim.apply({ kind: 'place-call', to: '7000', from: CALLER }));
    const second = placedId(sim.apply({ kind: 'place-call', to: '7000', from: CALLER }));
    expect(sim.call(first)).toMatchObject({ status: 'queued' });
    sim.ready('1001');
    expect(sim.call(first)).toMatchObject({ status: 'ringing' });
    sim.ready('1002');
    expect(sim.call(second)).toMatchObject({ status: 'ringing', members: [{}, { number: '1002' }] });
  });

  it('takes a rejected call back and passes the agent over for ten seconds', () => {
    const sim = tested();
    sim.ready('1001');
    const call = placedId(sim.apply({ kind: 'place-call', to: '7000', from: CALLER }));
    const refused = sim.leg('1001');
    const events = sim.apply({ kind: 'reject', agent: '1001', work: refused });
    expect(types(events)).toEqual(['LegEnded', 'AgentReady', 'CallRequeued']);
    expect(sim.call(call)).toMatchObject({ status: 'queued' });
    expect(sim.wait(9_999)).toEqual([]);
    expect(types(sim.wait(1))).toContain('WorkOffered');
    expect(sim.leg('1001')).not.toBe(refused);
  });

  it('offers a rejected call to another agent at once', () => {
    const sim = tested();
    sim.ready('1001', '1002');
    const call = placedId(sim.apply({ kind: 'place-call', to: '7000', from: CALLER }));
    sim.apply({ kind: 'reject', agent: '1001', work: sim.leg('1001') });
    expect(sim.call(call)).toMatchObject({ status: 'ringing', members: [{}, { number: '1002' }] });
  });

  it('gives the next call when an interaction is completed', () => {
    const sim = tested();
    sim.ready('1001');
    sim.apply({ kind: 'place-call', to: '7000', from: CALLER });
    const next = placedId(sim.apply({ kind: 'place-call', to: '7000', from: CALLER }));
    const at = { agent: '1001', leg: sim.leg('1001'), work: sim.leg('1001') } as const;
    sim.apply({ kind: 'accept', ...at });
    sim.apply({ kind: 'release', ...at });
    expect(sim.call(next)).toMatchObject({ status: 'queued' });
    expect(types(sim.apply({ kind: 'complete', ...at }))).toEqual([
      'WorkCompleted',
      'AgentReady',
      'AgentReady',
      'WorkOffered',
      'LegRinging',
    ]);
  });
});

describe('an outbound call', () => {
  const dialled = (destination: string) => {
    const sim = tested();
    sim.ready('1001', '1002');
    const events = sim.apply({ kind: 'dial', agent: '1001', destination });
    return { sim, events, call: placedId(events), leg: sim.leg('1001') };
  };

  it('makes the interaction appear, then dials', () => {
    expect(types(dialled('5550100').events)).toEqual([
      'CallPlaced',
      'AgentReady',
      'WorkOffered',
      'LegDialing',
      'MemberInvited',
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
    expect(types(sim.apply({ kind: 'complete', agent: '1001', work: leg }))).toContain('WorkCompleted');
  });

  it('rings for ever at 0102, until the agent cancels', () => {
    const { sim, leg } = dialled('5550102');
    expect(sim.wait(86_400_000)).toEqual([]);
    expect(types(sim.apply({ kind: 'reject', agent: '1001', work: leg }))).toEqual(['LegEnded', 'CallEnded']);
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
    const answered = sim.apply({ kind: 'accept', agent: '1002', work: sim.leg('1002') });
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
    const sim = tested();
    sim.ready('1001');
    expect(sim.refusal({ kind: 'dial', agent: '1001', destination: 'home' })).toBe('invalid');
  });
});

describe('an agent', () => {
  it('is refused before logging in, and when unknown', () => {
    const sim = tested();
    expect(sim.refusal({ kind: 'activate', agent: '1001' })).toBe('wrong-state');
    expect(sim.refusal({ kind: 'log-in', agent: '2001' })).toBe('unknown');
    expect(sim.refusal({ kind: 'log-in', agent: '1001', extension: '1002' })).toBe('invalid');
  });

  it('cannot log out on a call, and completes by logging out', () => {
    const sim = tested();
    sim.ready('1001');
    sim.apply({ kind: 'place-call', to: '1001', from: CALLER });
    const at = { agent: '1001', leg: sim.leg('1001'), work: sim.leg('1001') } as const;
    sim.apply({ kind: 'accept', ...at });
    expect(sim.refusal({ kind: 'log-out', agent: '1001' })).toBe('wrong-state');
    expect(sim.refusal({ kind: 'deactivate', agent: '1001' })).toBe('wrong-state');
    sim.apply({ kind: 'release', ...at });
    expect(types(sim.apply({ kind: 'log-out', agent: '1001' }))).toEqual([
      'WorkCompleted',
      'ChannelDeactivated',
      'AgentLoggedOut',
    ]);
  });

  it('changes status during a call and keeps it afterwards', () => {
    const sim = tested();
    sim.ready('1001');
    sim.apply({ kind: 'place-call', to: '1001', from: CALLER });
    const events = sim.apply({ kind: 'not-ready', agent: '1001', reasonCode: 'acw' });
    expect(events).toEqual([
      {
        type: 'AgentNotReady',
        agent: '1001',
        channel: '1001',
        busy: true,
        reasonCode: 'acw',
        reasonName: '',
      },
    ]);
    expect(sim.apply({ kind: 'not-ready', agent: '1001', reasonCode: 'acw' })).toEqual([]);
  });

  it('hears tones both ways, the last sixty-four', () => {
    const sim = tested();
    sim.ready('1001');
    const call = placedId(sim.apply({ kind: 'place-call', to: '1001', from: CALLER }));
    expect(sim.refusal({ kind: 'outside-sends-tones', call, digits: '1' })).toBe('wrong-state');
    const at = { agent: '1001', leg: sim.leg('1001'), work: sim.leg('1001') } as const;
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
    const sim = tested(initialSwitch({ maxCalls: 2 }));
    const place = { kind: 'place-call', to: '7000', from: CALLER } as const;
    sim.apply(place);
    sim.apply(place);
    expect(sim.refusal(place)).toBe('limit');
    sim.apply({ kind: 'clear-calls' });
    expect(sim.calls()).toEqual([]);
    sim.apply({ kind: 'place-call', to: '7000', from: CALLER });
    sim.apply({ kind: 'clear-calls' });
    expect(sim.calls()).toEqual([]);
  });

  it('forgets the oldest ended calls', () => {
    const sim = tested();
    for (let count = 0; count < 210; count += 1) sim.apply({ kind: 'place-call', to: '1005', from: CALLER });
    expect(sim.calls()).toHaveLength(200);
  });
});
