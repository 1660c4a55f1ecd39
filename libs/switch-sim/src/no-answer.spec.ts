import { agentOf, callsOf, channelOf, contactsOf, initialSwitch } from './index.ts';
import { inWords, type Simulation, simulation } from './simulation.ts';

const FROM = '+12025550123';

const statusOf = (sim: Simulation, agent: string, endPoint = agent) => {
  const found = agentOf(sim.state(), agent);
  const channel = found && channelOf(found, endPoint);
  return channel && { ready: channel.ready, code: channel.reasonCode, name: channel.reasonName };
};

const AWAY = { ready: false, code: 'rona', name: 'No answer' };

const chatting = (...agents: readonly string[]): Simulation => {
  const sim = simulation();
  for (const agent of agents) {
    const channel = `${agent}-chat`;
    sim.run({ kind: 'log-in', agent });
    sim.run({ kind: 'open-group', agent, group: 'TEAM', chat: true, email: false, callback: false });
    sim.run({ kind: 'activate', agent, channel });
    sim.run({ kind: 'ready', agent, channel });
    sim.wait(1);
  }
  return sim;
};

describe('a call that an agent does not answer', () => {
  it('goes back to its place in the queue, and the agent is put away', () => {
    const sim = simulation();
    sim.ready('1001');
    sim.run({ kind: 'place-call', to: '7000', from: FROM });
    sim.run({ kind: 'place-call', to: '7000', from: FROM });
    expect(sim.wait(19_999)).toEqual([]);
    expect(inWords(sim.wait(1))).toEqual(['1001 LegEnded', '1001 AgentNotReady', 'CallRequeued']);
    expect(statusOf(sim, '1001')).toEqual(AWAY);
    const [first] = callsOf(sim.state());
    sim.ready('1002');
    expect(sim.leg('1002')?.call).toBe(first?.id);
  });

  it('is offered to the next agent at once', () => {
    const sim = simulation();
    sim.ready('1001', '1002');
    sim.run({ kind: 'place-call', to: '7000', from: FROM });
    expect(inWords(sim.wait(20_000))).toContain('1002 LegRinging');
    expect(sim.leg('1001')).toBeNull();
  });

  it('comes back to the same agent who is ready again', () => {
    const sim = simulation();
    sim.ready('1001');
    sim.run({ kind: 'place-call', to: '7000', from: FROM });
    sim.wait(20_000);
    expect(inWords(sim.run({ kind: 'ready', agent: '1001' }))).toContain('1001 LegRinging');
  });

  it('leaves the status of an agent who had turned not ready meanwhile', () => {
    const sim = simulation();
    sim.ready('1001');
    sim.run({ kind: 'place-call', to: '7000', from: FROM });
    sim.run({ kind: 'not-ready', agent: '1001', reasonCode: 'break' });
    sim.wait(20_000);
    expect(statusOf(sim, '1001')).toMatchObject({ ready: false, code: 'break' });
  });

  it('keeps its agent once answered', () => {
    const sim = simulation();
    sim.ready('1001');
    sim.run({ kind: 'place-call', to: '7000', from: FROM });
    sim.run({ kind: 'accept', agent: '1001', work: sim.work('1001')?.id ?? '' });
    expect(sim.wait(120_000)).toEqual([]);
  });

  it('rings longer for one agent alone, then ends, and the agent stays ready', () => {
    const sim = simulation();
    sim.ready('1001');
    sim.run({ kind: 'place-call', to: '1001', from: FROM });
    expect(sim.wait(59_999)).toEqual([]);
    expect(inWords(sim.wait(1))).toEqual(['1001 LegEnded', '1001 AgentReady', 'CallEnded']);
    expect(callsOf(sim.state())).toMatchObject([{ endReason: 'no answer' }]);
    expect(statusOf(sim, '1001')).toMatchObject({ ready: true });
  });

  it.each([
    ['dial', {}, ['1001 LegFailed', '1002 LegEnded', '1002 AgentReady', 'CallEnded']],
    ['consult', { work: true }, ['1001 LegFailed', '1002 LegEnded', '1002 AgentReady', 'CallEnded']],
    [
      'conference',
      { leg: true },
      ['1002 LegEnded', '1002 AgentReady', '1001 ConferenceFailed', '1001 LegTalking'],
    ],
  ])('fails for the colleague who wanted it: %s', (kind, needs, words) => {
    const sim = simulation();
    sim.ready('1001', '1002');
    if (kind !== 'dial') {
      sim.run({ kind: 'place-call', to: '1001', from: FROM });
      sim.run({ kind: 'accept', agent: '1001', work: sim.work('1001')?.id ?? '' });
    }
    const given = {
      ...('work' in needs ? { work: sim.work('1001')?.id } : {}),
      ...('leg' in needs ? { leg: sim.leg('1001')?.id } : {}),
    };
    sim.run({ kind, agent: '1001', destination: '1002', ...given } as Parameters<Simulation['run']>[0]);
    expect(inWords(sim.wait(60_000))).toEqual(words);
  });

  it('rings as long as the house says', () => {
    const sim = simulation(
      initialSwitch({ patience: { queueCallMs: 100, queueContactMs: 200, directMs: 300 } }),
    );
    sim.ready('1001');
    sim.run({ kind: 'place-call', to: '7000', from: FROM });
    expect(inWords(sim.wait(100))).toContain('CallRequeued');
    sim.run({ kind: 'set-patience', patience: { queueCallMs: 5_000 } });
    sim.run({ kind: 'ready', agent: '1001' });
    expect(sim.wait(4_999)).toEqual([]);
    expect(inWords(sim.wait(1))).toContain('CallRequeued');
    expect(inWords(sim.run({ kind: 'set-patience', patience: { directMs: 1 } }))[0]).toMatch(/refused/);
  });
});

describe('a contact that an agent does not take', () => {
  const place = (sim: Simulation, to: string) =>
    inWords(sim.run({ kind: 'place-contact', type: 'CHAT', to, from: 'customer@example.com' }));

  it('goes back to its queue, and the agent is put away on that channel', () => {
    const sim = chatting('1001', '1002');
    expect(place(sim, '7000')).toContain('1001 WorkAlerting');
    expect(sim.wait(59_999)).toEqual([]);
    expect(inWords(sim.wait(1))).toEqual([
      '1001 WorkEnded',
      '1001 AgentNotReady',
      'ContactRequeued',
      '1002 AgentReady',
      '1002 WorkOffered',
      '1002 WorkAlerting',
    ]);
    expect(statusOf(sim, '1001', '1001-chat')).toEqual(AWAY);
  });

  it('for that agent alone is over', () => {
    const sim = chatting('1001');
    place(sim, '1001');
    expect(inWords(sim.wait(60_000))).toEqual(['1001 WorkEnded', '1001 AgentReady', 'ContactEnded']);
    expect(contactsOf(sim.state())).toMatchObject([{ endReason: 'no answer' }]);
  });
});

describe('a restart', () => {
  it('loses calls and contacts and logs everybody out', () => {
    const sim = chatting('1001');
    sim.ready('1002');
    sim.run({ kind: 'place-call', to: '7000', from: FROM });
    sim.run({ kind: 'place-contact', type: 'CHAT', to: '7000', from: 'customer@example.com' });
    expect(inWords(sim.run({ kind: 'restart' }))).toEqual(['SwitchRestarted']);
    expect([callsOf(sim.state()), contactsOf(sim.state()), sim.works('1001'), sim.works('1002')]).toEqual([
      [],
      [],
      [],
      [],
    ]);
    expect(agentOf(sim.state(), '1001')).toMatchObject({ loggedIn: false, groups: { TEAM: ['1001'] } });
    expect(sim.wait(600_000)).toEqual([]);
    sim.ready('1001');
    sim.run({ kind: 'place-call', to: '7000', from: FROM });
    expect(sim.leg('1001')?.media).toBe('RINGING');
  });
});
