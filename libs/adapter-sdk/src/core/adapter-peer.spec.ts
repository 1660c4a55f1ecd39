import { type CtiMessage } from '@cordboard/cti-protocol';
import { ok } from '@cordboard/kernel';
import { virtualClock } from '@cordboard/testing';
import { createAdapterPeer, type PeerOptions } from '../index.ts';

const setUp = (change: Partial<PeerOptions> = {}) => {
  const clock = virtualClock();
  const logged: string[] = [];
  const log = (message: string, fields = {}): void =>
    void logged.push(`${message} ${JSON.stringify(fields)}`);
  const counts: Record<string, number> = {};
  const peer = createAdapterPeer({
    processor: 'sim',
    clock,
    logger: { info: log, warn: log, error: log },
    metrics: { count: (name, by = 1) => (counts[name] = (counts[name] ?? 0) + by) },
    handlers: {
      capabilities: () => ({}),
      validateAgent: () => ok(undefined),
      createSession: () => ok({}),
      readSession: () => ok({ groups: [] }),
      readGroup: () => ok({ channels: [] }),
      readChannel: () => ok({ state: 'ACTIVE', interactions: [] }),
      readInteraction: () => ok({ state: 'STARTED', data: {} }),
      readConversation: () => ok({ state: 'TALKING', parties: [] }),
    },
    ...change,
  });
  const said: unknown[] = [];
  peer.onEvent(({ header, body }) => said.push([header.name, body]));
  const ask = (name: string, body = {}, target = 'sim.CONTROL'): void =>
    peer.ask(
      { header: { type: 'cti.request', name, target, requestId: 'r' }, body },
      ({ header }: CtiMessage) => said.push([`${header.result ?? ''} ${header.name}`, header.errorMessage]),
    );
  return { peer, ask, said, clock, logged, counts };
};

const queue = (waiting: number) => ({ id: '7000', name: 'Sales', waiting, longestWaitMs: 0 });

describe('the core of an adapter', () => {
  it('says its status when asked, after the answer, each time; and when it changes from then on', () => {
    const { peer, ask, said } = setUp({ status: 'STARTING' });
    peer.report.status('STOPPED', 'no line');
    expect(said).toEqual([]);
    ask('cti.request.status');
    ask('cti.request.status');
    peer.report.status('STOPPED', 'no line');
    peer.report.status('STARTED');
    expect(said).toEqual([
      ['SUCCESS cti.request.status', undefined],
      ['cti.status', { status: 'STOPPED', reason: 'no line' }],
      ['SUCCESS cti.request.status', undefined],
      ['cti.status', { status: 'STOPPED', reason: 'no line' }],
      ['cti.status', { status: 'STARTED' }],
    ]);
  });

  it('tells of the queues at most once a second, the newest; and anew to who asks for the status', () => {
    const { peer, ask, said, clock } = setUp();
    const figures = (): unknown[] =>
      said.splice(0).filter((one) => Array.isArray(one) && one[0] === 'cti.queues');
    peer.report.queues([queue(1)]);
    clock.advance(5_000);
    expect(figures()).toEqual([]);
    ask('cti.request.status');
    expect(figures()).toEqual([['cti.queues', { queues: [queue(1)] }]]);
    for (const waiting of [2, 3, 4]) peer.report.queues([queue(waiting)]);
    clock.advance(999);
    expect(figures()).toEqual([]);
    clock.advance(1);
    expect(figures()).toEqual([['cti.queues', { queues: [queue(4)] }]]);
    clock.advance(10_000);
    ask('cti.request.status');
    expect(figures()).toEqual([['cti.queues', { queues: [queue(4)] }]]);
  });

  it('leaves out queues beyond 500, and drops figures that do not fit', () => {
    const { peer, ask, said, clock, counts, logged } = setUp();
    ask('cti.request.status');
    said.length = 0;
    peer.report.queues(Array.from({ length: 501 }, (_, id) => ({ ...queue(0), id: String(id) })));
    expect(said).toMatchObject([['cti.queues', { queues: { length: 500 } }]]);
    clock.advance(1_000);
    peer.report.queues([{ ...queue(0), waiting: -1 }]);
    expect(said).toHaveLength(1);
    expect(counts).toMatchObject({ events_dropped: 1 });
    expect(logged.at(-1)).toContain('do not fit');
  });

  it('understands that Cordboard stops', () => {
    const { ask, said, logged } = setUp();
    ask('cti.request.serverstatus', { status: 'STOPPING', reason: 'update' });
    expect(said).toEqual([['SUCCESS cti.request.serverstatus', undefined]]);
    expect(logged).toEqual(['Cordboard told its status {"status":"STOPPING","reason":"update"}']);
  });

  it.each([
    ['an unknown request', 'cti.request.dance', {}, 'There is no message cti.request.dance.'],
    ['a wrong body', 'cti.request.serverstatus', { status: 'ASLEEP' }, expect.stringContaining('status')],
    ['a wrong type', 'cti.query.capabilities', {}, 'cti.query.capabilities is a query, not a cti.request.'],
  ])('refuses %s in words', (_, name, body, words) => {
    const { ask, said, counts } = setUp();
    ask(name, body);
    expect(said).toEqual([[`FAILURE ${name}`, words]]);
    expect(counts.malformed).toBe(1);
  });

  it('refuses a question to another switch', () => {
    const { ask, said } = setUp();
    ask('cti.request.status', {}, 'other.CONTROL');
    expect(said).toEqual([['FAILURE cti.request.status', 'unknown target']]);
  });
});
