import { createMemoryNetwork, type MemoryBus } from '@cordboard/bus';
import { answerSuccess, type CtiMessage } from '@cordboard/cti-protocol';
import { bridgeWorker, sequentialIds, virtualClock } from '@cordboard/testing';
import { type BridgePeer, reconnectingNatsLink } from '../index.ts';

const WHERE = { tenant: 'demo', processor: 'sim', instance: 'sim-1' };
const S = '01890000-0000-7000-8000-000000000001';

const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
};

const setUp = () => {
  const network = createMemoryNetwork();
  const clock = virtualClock();
  const buses: MemoryBus[] = [];
  const logged: unknown[] = [];
  const asked: string[] = [];
  let fails = false;
  let tell: (event: CtiMessage) => void = () => undefined;
  const peer: BridgePeer = {
    ask: (question, answer) => {
      asked.push(question.header.name);
      answer(answerSuccess(question));
    },
    onEvent: (listener) => (tell = listener),
  };
  const log = (_: string, fields: object = {}): void => void logged.push(fields);
  const link = reconnectingNatsLink({
    ...WHERE,
    ids: sequentialIds(),
    clock,
    random: () => 0.5,
    logger: { info: log, warn: log, error: log },
    connect: () => {
      if (fails) return Promise.reject(new Error('nobody listens'));
      const bus = network.connect();
      buses.push(bus);
      return Promise.resolve(bus);
    },
  })(peer);
  const worker = bridgeWorker(network.connect(), WHERE);
  const say = (name: string, target: string, body = {}): void =>
    tell({ header: { type: 'cti.event', name, target }, body });
  return {
    ...{ link, clock, worker, buses, logged, asked, say },
    fail: (now: boolean) => (fails = now),
    open: () => worker.control('cti.request.createsession', { id: S, agent: { id: '1001' } }),
  };
};

describe('a link that reconnects over NATS', () => {
  it('tries again after 1, 2, 4, 5, 5 ... s', async () => {
    const { link, clock, logged, fail } = setUp();
    fail(true);
    link.start();
    await settle();
    const delays = [1, 2, 4, 5, 5].map((seconds) => seconds * 1_000);
    for (const delayMs of delays) {
      expect(logged.at(-1)).toEqual({ why: 'nobody listens', delayMs });
      clock.advance(delayMs);
      await settle();
    }
    expect(link.stats().connected).toBe(false);
    fail(false);
    clock.advance(5_000);
    await settle();
    expect(link.stats().connected).toBe(true);
  });

  it('goes on where it was: incarnation, status, kept answers, numbers, what waits', async () => {
    const { link, clock, worker, buses, say, open, asked } = setUp();
    link.start();
    await settle();
    await open();
    say('cti.status', 'sim.CONTROL', { status: 'STARTED' });
    const events = worker.own(S);
    say('session.ended', S, { reason: 'one' });
    const asking = { requestId: 'r1' };
    await worker.ask('session.request.logout', S, {}, asking);
    await settle();

    buses[0]?.sever();
    await settle();
    say('session.ended', S, { reason: 'two' });
    say('session.ended', S, { reason: 'three' });
    expect(link.stats()).toMatchObject({ connected: false, sessions: 1, eventsWaiting: 2 });
    clock.advance(1_000);
    await settle();
    expect(events.map(({ ctiSeq, body }) => [ctiSeq, body.reason])).toEqual([
      [1, 'one'],
      [2, 'two'],
      [3, 'three'],
    ]);
    expect(await worker.ask('session.request.logout', S, {}, { ...asking, probe: true })).toMatchObject({
      answer: 'final',
      result: 'SUCCESS',
    });
    expect(asked).toEqual(['cti.request.createsession', 'session.request.logout']);
    const incarnations = new Set(worker.hellos.map(({ incarnation }) => incarnation));
    expect([worker.hellos.length, incarnations.size]).toEqual([2, 1]);
    expect(worker.statuses.at(-1)).toMatchObject({ status: 'STARTED', sessions: 1 });
  });

  it('delivers an event again whose answer was lost with the connection, under its number', async () => {
    const { link, clock, worker, buses, say, open } = setUp();
    link.start();
    await settle();
    await open();
    const unheard = worker.own(S, 'silent');
    say('session.ended', S);
    await settle();
    buses[0]?.sever();
    await settle();
    clock.advance(1_000);
    await settle();
    expect(unheard.map(({ ctiSeq }) => ctiSeq)).toEqual([1, 1]);
  });

  it('closes the connection that it made, and makes no more, when it stops', async () => {
    const { link, clock, buses, worker } = setUp();
    link.start();
    await settle();
    await link.stop();
    expect(await buses[0]?.closed).toBe('closed');
    clock.advance(120_000);
    await settle();
    expect([buses.length, worker.hellos.length]).toEqual([1, 1]);
  });

  it('that was stopped while connecting closes what comes', async () => {
    const { link, buses } = setUp();
    link.start();
    await link.stop();
    await settle();
    expect(await buses[0]?.closed).toBe('closed');
  });
});
