import { count, office } from '@cordboard/testing';

const AGENTS = 200;

describe('an adapter with many sessions that restarts', () => {
  it('gets all of them back, never more than 64 at once', async () => {
    const { adapter, hire, start, pass, types, send } = office();
    const place = await hire('w1');
    const started: { readonly session: string; readonly agent: string; readonly channel: string }[] = [];
    for (let from = 0; from < AGENTS; from += 25) {
      const agents = Array.from({ length: 25 }, (_, n) => `agent-${from + n}`);
      const some = agents.map(async (agent) => ({ agent, ...(await start({}, { agent })) }));
      started.push(...(await Promise.all(some)));
    }
    adapter.script('session.query.init', 'silent');
    adapter.restart();
    await pass(2_000);
    const loggedIn = count(adapter.heard, 'cti.request.createsession') - AGENTS;
    expect(loggedIn).toBeGreaterThan(0);
    expect(loggedIn).toBeLessThanOrEqual(64);
    adapter.script('session.query.init', { 'channel-groups': [{ id: 'team', name: 'Team' }] });
    await pass(60_000);
    expect(place.peaks.get('reconciliations_under_way')).toBeLessThanOrEqual(64);
    expect(place.peaks.get('reconciliations_waiting')).toBeGreaterThan(100);
    for (const { session } of started) expect(types(session)).toContain('ReconcileEnded');
    const last = started.at(-1);
    const { agent, channel } = last ?? { agent: '', channel: '' };
    await send(
      'bindSession',
      last?.session ?? '',
      { client: 'tab' },
      { actor: `agent:${agent}`, binding: 'b2' },
    );
    const actor = `agent:${agent}`;
    expect((await send('channel.request.activate', channel, {}, { actor, binding: 'b2' })).result).toBe(
      'success',
    );
  });
});

describe('two switches side by side', () => {
  it('each allow what they can do, and the loss of one leaves the other alone', async () => {
    const { adapter, recruit, hire, start, pass, send, types } = office();
    const crm = recruit({ processor: 'other', instance: 'other-1' });
    adapter.script('cti.query.capabilities', { 'agentleg-supported': true });
    crm.script('cti.query.capabilities', { 'agentleg-supported': false });
    await hire('w1');
    crm.status();
    await pass(500);
    const one = await start({}, { agent: 'one' });
    const two = await start({}, { agent: 'two', processor: 'other' });
    const connect = ({ session }: { readonly session: string }, agent: string) =>
      send('session.request.incontact.agentleg.connect', session, {}, { actor: `agent:${agent}` });
    expect((await connect(one, 'one')).result).toBe('success');
    expect((await connect(two, 'two')).failure?.code).toBe('NOT_SUPPORTED');
    expect(crm.heard).not.toContain('session.request.agentleg');
    crm.leave();
    await pass(5_000);
    expect(types(two.session)).toContain('AdapterLost');
    expect(types(one.session)).not.toContain('AdapterLost');
    expect((await connect(one, 'one')).result).toBe('success');
  });
});
