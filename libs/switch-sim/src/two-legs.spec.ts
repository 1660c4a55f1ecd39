import { type Given, inWords, type Simulation, simulation } from './simulation.ts';

const CALLER = '+12025550123';
const partiesOf = (sim: Simulation, agent: string): readonly string[] =>
  sim.leg(agent)?.parties.map(({ number }) => number) ?? [];

/** What an agent does in these stories; the rest is looked up. */
const act = (sim: Simulation, agent: string, kind: string, more: object = {}): readonly string[] => {
  const work = sim.work(agent)?.id ?? 'none';
  const leg = sim.leg(agent)?.id ?? 'none';
  return inWords(sim.run({ kind, agent, work, leg, ...more } as Given));
};

/** Agents 1001 to 1004 are ready; a customer talks to 1001. */
const onCall = (): Simulation => {
  const sim = simulation();
  sim.ready('1001', '1002', '1003', '1004');
  sim.run({ kind: 'place-call', to: '1001', from: CALLER, data: { order: '42' } });
  act(sim, '1001', 'accept');
  return sim;
};

/** The same, and 1001 consults 1002, who has answered. */
const consulting = (): Simulation => {
  const sim = onCall();
  act(sim, '1001', 'consult', { destination: '1002' });
  act(sim, '1002', 'accept');
  return sim;
};

describe('a consult call', () => {
  it('holds the first one and rings the colleague with the data of the customer', () => {
    const sim = onCall();
    expect(act(sim, '1001', 'consult', { destination: '1002' })).toEqual([
      '1001 LegHeld',
      'CallPlaced',
      '1001 ConsultOffered',
      '1001 LegDialing',
      '1002 AgentReady',
      '1002 WorkOffered',
      '1002 LegRinging',
    ]);
    expect(sim.work('1002')?.data).toEqual({ order: '42', ANI: '1001', DNIS: '1002' });
    expect(act(sim, '1002', 'accept')).toEqual([
      'CallAnswered',
      '1001 LegStarted',
      '1001 LegTalking',
      '1001 PartyAdded',
      '1002 LegStarted',
      '1002 LegTalking',
      '1002 PartyAdded',
    ]);
  });

  it.each([
    ['5550101', ['1001 LegBusy', 'CallEnded']],
    ['5550103', ['1001 LegFailed', 'CallEnded']],
  ])('to %s fails and leaves the first one on hold', (destination, words) => {
    const sim = onCall();
    act(sim, '1001', 'consult', { destination });
    expect(inWords(sim.wait(1_000))).toEqual(words);
    expect(sim.leg('1001')?.media).toBe('HELD');
    expect(sim.work('1001')?.state).toBe('STARTED');
    expect(act(sim, '1001', 'retrieve')).toEqual(['1001 LegTalking']);
    expect(act(sim, '1001', 'consult', { destination: '1002' })).toContain('1002 LegRinging');
  });

  it.each<readonly [string, string, object, RegExp]>([
    ['5550106', 'consult', {}, /refuses/],
    ['nobody', 'consult', {}, /not a number/],
    [CALLER, 'consult', {}, /on the call already/],
    ['1002', 'alternate', {}, /no two connected calls/],
    ['1002', 'consult-transfer', {}, /must be connected/],
    ['1002', 'consult-conference', {}, /must be connected/],
  ])('is refused: %s, %s', (destination, kind, more, reason) => {
    const sim = onCall();
    const [word] = act(sim, '1001', kind, { destination, ...more });
    expect(word).toMatch(reason);
  });

  it('is one at a time, and not for a call that nobody answered', () => {
    const sim = consulting();
    expect(act(sim, '1001', 'consult', { destination: '1003' })[0]).toMatch(/exists already/);
    sim.run({ kind: 'place-call', to: '1003', from: CALLER });
    expect(act(sim, '1003', 'consult', { destination: '1004' })[0]).toMatch(/nobody is on the call/);
  });

  it('alternates between both, never talking on two', () => {
    const sim = consulting();
    expect(act(sim, '1001', 'alternate')).toEqual(['1001 LegHeld', '1001 LegTalking']);
    expect([sim.leg('1001')?.media, sim.leg('1001', 'consult')?.media]).toEqual(['TALKING', 'HELD']);
    expect(act(sim, '1001', 'alternate')).toEqual(['1001 LegHeld', '1001 LegTalking']);
    expect(act(sim, '1001', 'retrieve')).toEqual(['1001 LegHeld', '1001 LegTalking']);
  });

  it('goes on when the customer hangs up, and ends the work when it ends', () => {
    const sim = consulting();
    const first = sim.leg('1001')?.call ?? '';
    sim.run({ kind: 'outside-hangs-up', call: first });
    expect(sim.work('1001')?.state).toBe('STARTED');
    const leg = sim.leg('1001', 'consult')?.id;
    expect(act(sim, '1001', 'release', { leg })).toEqual(['1001 LegEnded', '1002 LegEnded', 'CallEnded']);
    expect([sim.work('1001')?.state, sim.work('1002')?.state]).toEqual(['ENDED', 'ENDED']);
  });
});

describe('a consult transfer', () => {
  it('joins both sides and ends both legs of the agent', () => {
    const sim = consulting();
    expect(act(sim, '1001', 'consult-transfer')).toEqual([
      '1001 LegEnded',
      '1001 LegEnded',
      'CallsMerged',
      '1002 PartyAdded',
      'CallEnded',
      '1002 PartyRemoved',
    ]);
    expect(sim.work('1001')?.state).toBe('ENDED');
    expect(partiesOf(sim, '1002')).toEqual([CALLER]);
    expect(act(sim, '1002', 'release')).toEqual(['1002 LegEnded', 'CallEnded']);
  });

  it('joins two conferences', () => {
    const sim = consulting();
    const consult = sim.leg('1001', 'consult')?.id;
    act(sim, '1001', 'conference', { destination: '1003' });
    act(sim, '1003', 'accept');
    act(sim, '1001', 'conference', { leg: consult, destination: '1004' });
    act(sim, '1004', 'accept');
    act(sim, '1001', 'consult-transfer');
    expect([...partiesOf(sim, '1002')].sort()).toEqual([CALLER, '1003', '1004'].sort());
    expect([...partiesOf(sim, '1003')].sort()).toEqual([CALLER, '1002', '1004'].sort());
  });

  it('leaves outside parties to each other for a minute', () => {
    const sim = onCall();
    act(sim, '1001', 'consult', { destination: '5550100' });
    sim.wait(1_000);
    expect(act(sim, '1001', 'consult-transfer')).toContain('CallLeftAlone');
    expect(inWords(sim.wait(60_000))).toEqual(['CallEnded']);
  });
});

describe('a consult conference', () => {
  it('brings the colleague into the first call, told to all', () => {
    const sim = consulting();
    expect(act(sim, '1001', 'consult-conference')).toEqual([
      '1001 PartyAdded',
      '1001 LegTalking',
      '1001 LegEnded',
      'CallsMerged',
      '1002 PartyAdded',
      'CallEnded',
    ]);
    expect(partiesOf(sim, '1001')).toEqual([CALLER, '1002']);
    expect([...partiesOf(sim, '1002')].sort()).toEqual([CALLER, '1001']);
    expect(act(sim, '1001', 'release')).toEqual(['1001 LegEnded', '1002 PartyRemoved']);
    expect(sim.leg('1002')?.media).toBe('TALKING');
  });

  it('loses one party, told to the others', () => {
    const sim = consulting();
    expect(act(sim, '1001', 'remove-party', { number: CALLER })[0]).toMatch(/no conference/);
    act(sim, '1001', 'consult-conference');
    expect(act(sim, '1001', 'remove-party', { number: 'nobody' })[0]).toMatch(/not on the call/);
    expect(act(sim, '1002', 'remove-party', { number: CALLER })).toEqual([
      'MemberLeft',
      '1001 PartyRemoved',
      '1002 PartyRemoved',
    ]);
    expect(partiesOf(sim, '1001')).toEqual(['1002']);
  });
});

describe('a blind transfer', () => {
  it('to a colleague rings there with the customer as the other party', () => {
    const sim = onCall();
    expect(act(sim, '1001', 'transfer', { destination: '1002' })).toEqual([
      '1002 AgentReady',
      '1002 WorkOffered',
      '1002 LegRinging',
      '1001 LegEnded',
    ]);
    expect(partiesOf(sim, '1002')).toEqual([CALLER]);
    expect(sim.work('1002')?.data).toEqual({ order: '42', ANI: CALLER, DNIS: '1002' });
    expect(act(sim, '1002', 'reject')).toContain('CallEnded');
  });

  it('to a queue waits there for somebody', () => {
    const sim = onCall();
    sim.run({ kind: 'not-ready', agent: '1002', reasonCode: 'break' });
    expect(act(sim, '1001', 'transfer', { destination: '7001' })).toContain('1003 LegRinging');
    expect(act(sim, '1003', 'reject')).toContain('1004 LegRinging');
    expect(sim.work('1004')?.data).toMatchObject({ QUEUE: '7001', order: '42' });
  });

  it('to an outside number lets the agent go once it rings', () => {
    const sim = onCall();
    expect(act(sim, '1001', 'transfer', { destination: '5550100' })).toEqual(['MemberInvited']);
    expect(act(sim, '1001', 'transfer', { destination: '5550102' })[0]).toMatch(/under way/);
    expect(inWords(sim.wait(500))).toEqual(['1001 LegEnded', 'CallLeftAlone', 'OutsideRings']);
    expect(inWords(sim.wait(500))).toEqual(['CallAnswered']);
  });

  it.each([
    ['TALKING', '5550103', 'invalid number', 'LegTalking'],
    ['HELD', '5550101', 'the number is busy', 'LegHeld'],
    ['TALKING', '1009', 'extension not reachable', 'LegTalking'],
  ])('of a call that is %s to %s fails, and the state is told again', (media, destination, reason, state) => {
    const sim = onCall();
    if (media === 'HELD') act(sim, '1001', 'hold');
    const decided = sim.run({ kind: 'transfer', agent: '1001', leg: sim.leg('1001')?.id ?? '', destination });
    const events = [...(decided.ok ? decided.value : []), ...sim.wait(1_000)].filter(
      (event) => 'agent' in event,
    );
    expect(events).toMatchObject([{ type: 'TransferFailed', reason }, { type: state }]);
    expect(sim.leg('1001')?.media).toBe(media);
  });
});

describe('a blind conference', () => {
  it.each([
    ['1002', []],
    ['7000', []],
    ['5550100', ['CallAnswered', '1001 PartyAdded']],
  ])('with %s adds a party', (destination, words) => {
    const sim = onCall();
    act(sim, '1001', 'conference', { destination });
    expect(inWords(sim.wait(1_000))).toEqual(words);
    if (sim.work('1002') !== undefined) act(sim, '1002', 'accept');
    expect(partiesOf(sim, '1001')).toHaveLength(2);
  });

  it('fails with a reason, and the agent who asked may hang up', () => {
    const sim = onCall();
    act(sim, '1001', 'conference', { destination: '5550103' });
    expect(inWords(sim.wait(1_000))).toEqual(['MemberLeft', '1001 ConferenceFailed', '1001 LegTalking']);
    act(sim, '1001', 'conference', { destination: '5550102' });
    expect(act(sim, '1001', 'release')).toEqual(['1001 LegEnded', 'CallEnded']);
  });
});

describe('attached data', () => {
  it('is seen by all agents of both calls', () => {
    const sim = consulting();
    const set = { key: 'topic', value: 'invoice' };
    expect(act(sim, '1002', 'set-data', set)).toEqual([
      'CallDataChanged',
      '1002 DataChanged',
      '1001 DataChanged',
    ]);
    expect(sim.work('1001')?.data).toMatchObject({ order: '42', topic: 'invoice' });
    expect(act(sim, '1001', 'set-data', { key: '', value: 'x' })[0]).toMatch(/short texts/);
  });

  it('has room for 64 keys', () => {
    const sim = onCall();
    for (let count = 0; count < 70; count += 1)
      act(sim, '1001', 'set-data', { key: `k${String(count)}`, value: 'v' });
    expect(act(sim, '1001', 'set-data', { key: 'more', value: 'v' })[0]).toMatch(/no room/);
    expect(act(sim, '1001', 'set-data', { key: 'k1', value: 'new' })).toContain('1001 DataChanged');
  });
});
