import { answerSuccess, type CtiMessage } from '@cordboard/cti-protocol';
import { createMemoryNetwork } from '@cordboard/bus';
import { bridgeWorker, virtualClock } from '@cordboard/testing';
import { type BridgePeer, natsLink } from '../index.ts';

const WHERE = { tenant: 'demo', processor: 'sim', instance: 'sim-1' };
const sessionOf = (count: number): string => `01890000-0000-7000-8000-${String(count).padStart(12, '0')}`;
const [S, OTHER] = [sessionOf(1), sessionOf(2)];

const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
};

/** A link whose peer says yes to everything. */
const setUp = async (sessions: number) => {
  const network = createMemoryNetwork();
  const clock = virtualClock();
  const counts: Record<string, number> = {};
  const silent = (): void => undefined;
  let tell: (event: CtiMessage) => void = silent;
  const peer: BridgePeer = {
    ask: (question, answer) => answer(answerSuccess(question)),
    onEvent: (listener) => (tell = listener),
  };
  const link = natsLink({
    ...WHERE,
    bus: network.connect(),
    clock,
    logger: { info: silent, warn: silent, error: silent },
    metrics: { count: (name, by = 1) => (counts[name] = (counts[name] ?? 0) + by) },
  })(peer);
  link.start();
  const worker = bridgeWorker(network.connect(), WHERE);
  const open = (session: string) =>
    worker.control('cti.request.createsession', { id: session, agent: { id: '1001' } });
  for (let count = 1; count <= sessions; count += 1) await open(sessionOf(count));
  const say = (session: string, text = ''): void =>
    tell({
      header: { type: 'cti.event', name: 'session.ended', target: session },
      body: text === '' ? {} : { text },
    });
  const sayStatus = (status: string): void =>
    tell({ header: { type: 'cti.event', name: 'cti.status', target: 'sim.CONTROL' }, body: { status } });
  return { link, worker, open, say, sayStatus, counts, clock, network };
};

describe('a flood', () => {
  it('leaves the newest event, which tells the owner of the gap', async () => {
    const { worker, say, counts, link, clock } = await setUp(2);
    const others = worker.own(OTHER);
    for (let count = 0; count < 1_001; count += 1) say(S);
    expect(link.stats().eventsWaiting).toBe(1);
    say(S);
    say(OTHER);
    await settle();
    expect([counts.event_queues_dropped, counts.events_dropped]).toEqual([1, 1_000]);
    const events = worker.own(S);
    clock.advance(10_000);
    await settle();
    clock.advance(10_000);
    await settle();
    expect(events.map(({ ctiSeq, lost }) => [ctiSeq, lost])).toEqual([
      [1_001, 1_000],
      [1_002, undefined],
    ]);
    expect(others.map(({ ctiSeq }) => ctiSeq)).toEqual([1]);
    expect(link.stats()).toMatchObject({ eventsWaiting: 0, bytesWaiting: 0 });
  });

  it('is over with the next createsession', async () => {
    const { worker, say, open, link } = await setUp(1);
    for (let count = 0; count < 1_500; count += 1) say(S);
    await open(S);
    expect(link.stats().eventsWaiting).toBe(0);
    const events = worker.own(S);
    say(S);
    await settle();
    expect(events.map(({ ctiSeq }) => ctiSeq)).toEqual([1]);
  });

  it('of the whole link ends with the longest queues, until an eighth is free', async () => {
    const { say, counts, link } = await setUp(55);
    for (let session = 1; session <= 55; session += 1) {
      const events = session <= 10 ? 1_000 : 910;
      for (let count = 0; count < events; count += 1) say(sessionOf(session));
    }
    expect(link.stats().eventsWaiting).toBeLessThanOrEqual(50_000);
    expect(counts.event_queues_dropped).toBe(7);
  });

  it('is measured in bytes too', async () => {
    const { say, counts, link } = await setUp(8);
    for (let count = 0; count < 90; count += 1) say(sessionOf(1 + (count % 8)), 'x'.repeat(1_000_000));
    expect(link.stats().bytesWaiting).toBeLessThanOrEqual(67_108_864);
    expect(counts.event_queues_dropped).toBeGreaterThan(0);
  });

  it('of statuses is thinned: the newest is said with the next second, and the last at once', async () => {
    const { worker, sayStatus, clock, link, counts } = await setUp(0);
    const statuses = (): unknown[] => worker.statuses.splice(0).map(({ status }) => status);
    for (let count = 0; count < 500; count += 1) {
      sayStatus('STARTED');
      sayStatus('STOPPED');
    }
    await settle();
    expect(statuses()).toHaveLength(10);
    expect(counts.events_dropped).toBe(990);
    clock.advance(1_000);
    await settle();
    expect(statuses()).toEqual(['STOPPED']);
    for (let count = 0; count < 500; count += 1) sayStatus('STARTED');
    link.lost('gone');
    await settle();
    expect(statuses()).toEqual([...Array.from({ length: 10 }, () => 'STARTED'), 'STOPPED']);
  });
});
