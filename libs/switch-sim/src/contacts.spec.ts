import { agentOf, contactsOf, type PhoneAction, phoneOperation, workOf } from './index.ts';
import { inWords, type Simulation, simulation } from './simulation.ts';

const FROM = 'customer@example.com';

/** Agents who are ready on all channels of the team. */
const manned = (...agents: readonly string[]): Simulation => {
  const sim = simulation();
  sim.ready(...agents);
  for (const agent of agents) {
    sim.run({ kind: 'open-group', agent, group: 'TEAM', chat: true, email: true, callback: true });
    for (const medium of ['chat', 'email', 'callback']) {
      sim.run({ kind: 'activate', agent, channel: `${agent}-${medium}` });
      sim.run({ kind: 'ready', agent, channel: `${agent}-${medium}` });
    }
  }
  return sim;
};

const place = (sim: Simulation, type: string, to = '7000'): readonly string[] =>
  inWords(sim.run({ kind: 'place-contact', type, to, from: FROM }));
const lastWork = (sim: Simulation, agent: string): string => sim.works(agent).at(-1)?.id ?? 'none';
const act = (sim: Simulation, agent: string, kind: 'accept' | 'reject' | 'complete'): readonly string[] =>
  inWords(sim.run({ kind, agent, work: lastWork(sim, agent) }));
const contacts = (sim: Simulation) => contactsOf(sim.state());

describe('a contact', () => {
  it.each([
    ['CHAT', 3],
    ['EMAIL', 5],
    ['CALLBACK', 1],
  ])('%s is given %i times to one agent, then waits', (type, limit) => {
    const sim = manned('1001');
    for (let count = 0; count < limit; count += 1) expect(place(sim, type)).toContain('1001 WorkAlerting');
    expect(place(sim, type)).toEqual(['ContactPlaced']);
    expect(act(sim, '1001', 'accept')).toEqual(['1001 WorkStarted']);
    expect(act(sim, '1001', 'complete')).toContain('1001 WorkAlerting');
  });

  it('makes its channel busy and no other', () => {
    const sim = manned('1001');
    expect(place(sim, 'CHAT')).toEqual([
      'ContactPlaced',
      '1001 AgentReady',
      '1001 WorkOffered',
      '1001 WorkAlerting',
    ]);
    expect(place(sim, 'CHAT')).toEqual(['ContactPlaced', '1001 WorkOffered', '1001 WorkAlerting']);
    expect(sim.works('1001').map(({ channel, state }) => `${channel} ${state}`)).toEqual([
      '1001-chat ALERTING',
      '1001-chat ALERTING',
    ]);
    expect(inWords(sim.run({ kind: 'place-call', to: '1001', from: '5551234' }))).toContain(
      '1001 LegRinging',
    );
  });

  it('goes to the next agent when rejected, and back after ten seconds', () => {
    const sim = manned('1001', '1002');
    place(sim, 'CHAT');
    expect(act(sim, '1001', 'reject')).toEqual([
      '1001 WorkEnded',
      '1001 AgentReady',
      'ContactRequeued',
      '1002 AgentReady',
      '1002 WorkOffered',
      '1002 WorkAlerting',
    ]);
    expect(act(sim, '1002', 'reject')).toContain('ContactRequeued');
    expect(inWords(sim.wait(10_000))).toContain('1001 WorkAlerting');
  });

  it('for one agent waits until the channel is active, and ends when that agent rejects it', () => {
    const sim = simulation();
    expect(place(sim, 'EMAIL', '1001')).toEqual(['ContactPlaced']);
    sim.ready('1001');
    sim.run({ kind: 'open-group', agent: '1001', group: 'TEAM', chat: false, email: true, callback: false });
    expect(inWords(sim.run({ kind: 'activate', agent: '1001', channel: '1001-email' }))).toContain(
      '1001 WorkAlerting',
    );
    expect(act(sim, '1001', 'reject')).toContain('ContactEnded');
    expect(contacts(sim)).toMatchObject([{ status: 'ended', endReason: 'rejected' }]);
  });

  it.each([
    ['before it was accepted', false, 'abandoned', 'COMPLETED'],
    ['after it was accepted', true, 'customer left', 'ENDED'],
  ])('ends when the customer leaves %s', (_, accepted, endReason, state) => {
    const sim = manned('1001');
    place(sim, 'CHAT');
    if (accepted) act(sim, '1001', 'accept');
    const work = lastWork(sim, '1001');
    const [contact] = contacts(sim);
    sim.run({ kind: 'customer-leaves', contact: contact?.id ?? '' });
    expect(contacts(sim)).toMatchObject([{ status: 'ended', endReason }]);
    expect(workOf(sim.state(), '1001', work)?.state).toBe(state);
    expect(inWords(sim.run({ kind: 'customer-leaves', contact: contact?.id ?? '' }))[0]).toMatch(/has ended/);
  });

  it.each([
    ['VIDEO', '7000', FROM, /type must be/],
    ['CHAT', '9999', FROM, /to must be/],
    ['CHAT', '7000', '', /from must/],
  ])('is refused: %s to %s from %s', (type, to, from, reason) => {
    expect(inWords(simulation().run({ kind: 'place-contact', type, to, from }))[0]).toMatch(reason);
  });
});

describe('a script', () => {
  it.each([
    ['CHAT', '1001 ScriptSignalled'],
    ['CALLBACK', 'refused: no script is active for this interaction'],
  ])('beside a %s takes signals until it is told to end', (type, word) => {
    const sim = manned('1001');
    place(sim, type);
    const signal = (...signals: readonly string[]) =>
      inWords(sim.run({ kind: 'signal', agent: '1001', work: lastWork(sim, '1001'), signals }))[0];
    expect(signal('next')).toMatch(/no script/);
    act(sim, '1001', 'accept');
    expect(signal('next')).toBe(word);
    signal('end');
    expect(signal('next')).toMatch(/no script/);
  });
});

describe('channels', () => {
  it('come with groups and alone, by their names', () => {
    const sim = manned('1001');
    const wishes = { chat: true, email: false, callback: false };
    const open = (group: string) =>
      inWords(sim.run({ kind: 'open-group', agent: '1001', group, ...wishes }))[0];
    const add = (channel: string) => inWords(sim.run({ kind: 'add-channel', agent: '1001', channel }))[0];
    expect(open('PROJECT')).toBe('1001 GroupOpened');
    expect(open('NOBODY')).toMatch(/no group NOBODY/);
    expect(add('1001-desk')).toBe('1001 ChannelAdded');
    expect(add('1001-other')).toMatch(/cannot stand alone/);
    expect(agentOf(sim.state(), '1001')?.groups).toMatchObject({ PROJECT: ['1001-PROJECT-chat'] });
    expect(inWords(sim.run({ kind: 'close-group', agent: '1001', group: 'PROJECT' }))).toEqual([
      '1001 GroupClosed',
    ]);
  });

  it('give an agent two phones but one call', () => {
    const sim = simulation();
    sim.ready('1001');
    sim.run({ kind: 'add-channel', agent: '1001', channel: '1001-desk' });
    sim.run({ kind: 'activate', agent: '1001', channel: '1001-desk' });
    const dial = { kind: 'dial', agent: '1001', destination: '5550100' } as const;
    expect(inWords(sim.run({ ...dial, channel: '1001-desk' }))).toContain('1001 LegDialing');
    expect(inWords(sim.run(dial))[0]).toMatch(/has an interaction already/);
  });
});

describe('at the phone itself', () => {
  const use = (sim: Simulation, agent: string, action: PhoneAction, more: object = {}) => {
    const found = phoneOperation(sim.state(), { agent, action, ...more });
    return found.ok ? inWords(sim.run(found.value)) : [`refused: ${found.error.message}`];
  };

  it('a call is answered, held, consulted upon, put together and released', () => {
    const sim = manned('1001', '1002');
    expect(use(sim, '1001', 'answer')[0]).toMatch(/on no call/);
    sim.run({ kind: 'place-call', to: '1001', from: '5551234' });
    expect(use(sim, '1001', 'answer')).toContain('1001 LegTalking');
    for (const [action, word] of [
      ['hold', '1001 LegHeld'],
      ['retrieve', '1001 LegTalking'],
      ['mute', '1001 LegMuted'],
      ['unmute', '1001 LegTalking'],
    ] as const)
      expect(use(sim, '1001', action)).toEqual([word]);
    expect(use(sim, '1001', 'consult')[0]).toMatch(/needs a destination/);
    expect(use(sim, '1001', 'consult', { destination: '1002' })).toContain('1001 ConsultOffered');
    use(sim, '1002', 'answer');
    expect(use(sim, '1001', 'alternate')).toEqual(['1001 LegHeld', '1001 LegTalking']);
    expect(use(sim, '1001', 'consult-conference')).toContain('CallsMerged');
    expect(use(sim, '1001', 'remove-party', { number: '1002' })).toContain('1002 LegEnded');
    expect(use(sim, '1001', 'release')).toContain('CallEnded');
  });

  it.each<readonly [PhoneAction, object, RegExp]>([
    ['take-over', {}, /1001 ChannelTaken/],
    ['join-channel', { type: 'CHAT', endpoint: 'extra' }, /1001 ChannelJoined/],
    ['join-channel', {}, /needs a type/],
    ['remove-channel', { endpoint: '1001-email' }, /1001 ChannelVanished/],
    ['remove-channel', { endpoint: '1001' }, /stays/],
    ['not-ready', { reason: 'break' }, /1001 AgentNotReady/],
    ['dial', { destination: '5550105' }, /needs an outbound skill/],
    ['log-out', {}, /1001 ChannelDeactivated/],
  ])('%s %j says %s', (action, more, word) => {
    expect(use(manned('1001'), '1001', action, more)[0]).toMatch(word);
  });

  it('a channel that another agent has cannot be activated until it is free', () => {
    const sim = manned('1001');
    use(sim, '1001', 'take-over');
    expect(use(sim, '1001', 'activate')[0]).toMatch(/another agent has/);
    expect(use(sim, '1001', 'free')).toEqual(['1001 ChannelFreed']);
    expect(use(sim, '1001', 'activate')).toEqual(['1001 ChannelActivated']);
  });

  it('the line to the ear drops', () => {
    const sim = manned('1001', '1010');
    expect(inWords(sim.run({ kind: 'connect-leg', agent: '1001' }))).toEqual(['1001 AgentLegChanged']);
    expect(use(sim, '1001', 'drop-leg')).toEqual(['1001 AgentLegChanged']);
    expect(inWords(sim.run({ kind: 'connect-leg', agent: '1010' }))).toEqual(['1010 AgentLegFailed']);
  });
});
