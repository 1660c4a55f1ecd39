import { createMemoryNetwork, subjects } from '@cordboard/bus';
import { answerFailure, answerSuccess, type CtiMessage } from '@cordboard/cti-protocol';
import { type JsonObject } from '@cordboard/kernel';
import { bridgeWorker, virtualClock } from '@cordboard/testing';
import { type BridgePeer, natsLink } from '../index.ts';

const WHERE = { tenant: 'demo', processor: 'sim', instance: 'sim-1' };
const S = '01890000-0000-7000-8000-000000000001';
const OTHER = '01890000-0000-7000-8000-000000000002';

const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
};

interface Asked {
  readonly question: CtiMessage;
  readonly answer: (response: CtiMessage) => void;
}

/** A link before a peer that does whatever the test wants. */
const setUp = async (maxPayloadBytes?: number) => {
  const network = createMemoryNetwork(maxPayloadBytes === undefined ? {} : { maxPayloadBytes });
  const clock = virtualClock();
  const counts: Record<string, number> = {};
  const logged: string[] = [];
  const log = (message: string): void => void logged.push(message);
  const asked: Asked[] = [];
  let tell: (event: CtiMessage) => void = () => undefined;
  const peer: BridgePeer = {
    ask: (question, answer) => void asked.push({ question, answer }),
    onEvent: (listener) => (tell = listener),
  };
  const link = natsLink({
    ...WHERE,
    bus: network.connect(),
    clock,
    logger: { info: log, warn: log, error: log },
    metrics: { count: (name, by = 1) => (counts[name] = (counts[name] ?? 0) + by) },
  })(peer);
  link.start();
  const worker = bridgeWorker(network.connect(), WHERE);
  const last = (): Asked => {
    const found = asked.at(-1);
    if (found === undefined) throw new Error('nothing was asked');
    return found;
  };
  const succeed = (body: JsonObject = {}): void => last().answer(answerSuccess(last().question, body));
  const open = async (session = S): Promise<void> => {
    const opening = worker.control('cti.request.createsession', { id: session, agent: { id: '1001' } });
    await settle();
    succeed();
    await opening;
  };
  const say = (name: string, target: string, body: JsonObject = {}): void =>
    tell({ header: { type: 'cti.event', name, target }, body });
  const status = (said: string): void => say('cti.status', 'sim.CONTROL', { status: said });
  await settle();
  return { network, link, worker, clock, counts, logged, asked, last, succeed, open, say, status };
};

describe('an answer of a peer', () => {
  it('that is double, late or answers something else is dropped', async () => {
    const { worker, asked, last, succeed, open, counts } = await setUp();
    await open();
    const answers = worker.askMany('session.request.logout', S, { requestId: 'r1' });
    await settle();
    const { question, answer } = last();
    const { header } = question;
    answer({ ...answerSuccess(question), header: { ...header, type: 'cti.response', requestId: 'r2' } });
    answer({ ...answerSuccess(question), header: { ...header, type: 'cti.response', target: OTHER } });
    answer(question);
    await settle();
    expect([answers, counts.answers_dropped]).toEqual([[], 3]);
    succeed();
    succeed();
    asked[0]?.answer(answerFailure(question, 'late'));
    await settle();
    expect([answers.length, counts.answers_dropped]).toEqual([1, 5]);
    expect(answers).toMatchObject([{ result: 'SUCCESS', answer: 'final' }]);
  });

  it('that does not come is a FAILURE after two minutes, and is dropped when it comes', async () => {
    const { worker, succeed, open, clock, counts } = await setUp();
    await open();
    const answers = worker.askMany('session.query.directory', S, {});
    await settle();
    clock.advance(119_999);
    await settle();
    expect(answers).toEqual([]);
    clock.advance(1);
    await settle();
    succeed();
    expect(answers).toMatchObject([
      { result: 'FAILURE', errorMessage: 'the adapter did not answer in time' },
    ]);
    expect([counts.requests_timed_out, counts.answers_dropped]).toEqual([1, 1]);
  });

  it('that the bus does not take is a FAILURE with words', async () => {
    const { worker, succeed, open, counts } = await setUp(10_000);
    await open();
    const answers = worker.askMany('interaction.query.data', `${S}.G.H.I`, {});
    await settle();
    succeed({ 'interaction-data': { text: 'x'.repeat(10_000) } });
    await settle();
    expect(answers).toMatchObject([
      { result: 'FAILURE', errorMessage: 'the answer of the adapter is larger than the bus takes' },
    ]);
    expect(counts.answers_too_large).toBe(1);
  });

  it('is given under the misprinted names too', async () => {
    const { worker, last, open } = await setUp();
    await open();
    const answers = worker.askMany('interaction.request.consulttransfer', `${S}.G.H.I`, {});
    await settle();
    const { question, answer } = last();
    const given = answerSuccess(question);
    answer({ ...given, header: { ...given.header, name: 'interaction.request.reject' } });
    await settle();
    expect(answers).toMatchObject([{ result: 'SUCCESS' }]);
  });
});

describe('an event of a peer', () => {
  it('before its session was created, or after it was disposed, is dropped', async () => {
    const { worker, say, open, succeed, counts } = await setUp();
    const events = worker.own(S);
    const opening = worker.control('cti.request.createsession', { id: S, agent: { id: '1001' } });
    await settle();
    say('channel.activated', `${S}.G.H`);
    succeed();
    await opening;
    say('channel.activated', `${OTHER}.G.H`);
    say('channel.ready', `${S}.G.H`, { busy: false });
    await settle();
    const disposing = worker.ask('session.request.dispose', S);
    await settle();
    succeed();
    await disposing;
    say('channel.activated', `${S}.G.H`);
    await open();
    say('channel.activated', `${S}.G.H`);
    await settle();
    expect(events.map(({ name, ctiSeq }) => [name, ctiSeq])).toEqual([['channel.ready', 1]]);
    expect(counts.events_unknown).toBe(3);
  });

  it.each<[string, CtiMessage]>([
    ['no event', { header: { type: 'cti.request', name: 'channel.request.ready', target: S }, body: {} }],
    ['unknown', { header: { type: 'cti.event', name: 'channel.exploded', target: `${S}.G.H` }, body: {} }],
    [
      'of a wrong type',
      { header: { type: 'cti.event', name: 'channel.ready', target: `${S}.G.H` }, body: { busy: 3 } },
    ],
    [
      'to no target',
      { header: { type: 'cti.event', name: 'channel.ready', target: S }, body: { busy: true } },
    ],
    [
      'to another switch',
      { header: { type: 'cti.event', name: 'cti.status', target: 'x.CONTROL' }, body: { status: 'STARTED' } },
    ],
    [
      'to no legal ids',
      { header: { type: 'cti.event', name: 'channel.activated', target: `${S}.G.H*` }, body: {} },
    ],
    [
      'larger than the bus takes',
      {
        header: { type: 'cti.event', name: 'session.addressbook', target: S },
        body: { addressbooks: [], extra: 'x'.repeat(10_000) },
      },
    ],
  ])('that is %s is dropped, counted, and takes no number', async (_, { header, body }) => {
    const { worker, say, open, counts, logged } = await setUp(10_000);
    await open();
    const events = worker.own(S);
    if (header.type === 'cti.event') say(header.name, header.target, body);
    else say(header.name, header.target, body);
    say('session.ended', S);
    await settle();
    expect(events.map(({ name, ctiSeq }) => [name, ctiSeq])).toEqual([['session.ended', 1]]);
    expect((counts.events_malformed ?? 0) + (counts.events_unknown ?? 0)).toBe(1);
    expect(logged).toEqual(['an event was dropped']);
  });

  it('of the queues goes out at most once a second, the newest', async () => {
    const { network, say, clock } = await setUp();
    const heard: unknown[] = [];
    network
      .connect()
      .subscribe(subjects.ctiQueuesOf('demo'), ({ body, address }) =>
        heard.push([address?.kind, (JSON.parse(body) as CtiMessage).body.queues]),
      );
    const queue = (waiting: number) => ({ id: '7000', waiting, longestWaitMs: 0 });
    for (const waiting of [1, 2, 3]) say('cti.queues', 'sim.CONTROL', { queues: [queue(waiting)] });
    await settle();
    clock.advance(999);
    await settle();
    expect(heard).toEqual([['cti-queues', [queue(1)]]]);
    clock.advance(1);
    await settle();
    expect(heard).toEqual([
      ['cti-queues', [queue(1)]],
      ['cti-queues', [queue(3)]],
    ]);
    clock.advance(5_000);
    say('cti.queues', 'sim.CONTROL', { queues: [queue(4)] });
    await settle();
    expect(heard).toHaveLength(3);
  });
});

describe('a peer that is lost', () => {
  it('leaves nothing open: questions, status, subscriptions', async () => {
    const { worker, link, open, status, say, succeed, clock, asked } = await setUp();
    await open();
    status('STARTED');
    const events = worker.own(S);
    const answers = worker.askMany('session.request.logout', S, {});
    await settle();
    link.lost('the connection was closed');
    await settle();
    expect(answers).toMatchObject([
      { answer: 'unknown-session', result: 'FAILURE', errorMessage: 'the connection was closed' },
    ]);
    expect(worker.statuses.at(-1)).toMatchObject({ status: 'STOPPED', reason: 'the connection was closed' });
    const { length } = worker.statuses;
    const hellos = worker.hellos.length;
    succeed();
    say('channel.activated', `${S}.G.H`);
    status('STARTED');
    clock.advance(60_000);
    await settle();
    expect([worker.statuses.length, worker.hellos.length, events]).toEqual([length, hellos, []]);
    await expect(worker.ask('session.query.directory', S)).rejects.toThrow('nobody took');
    expect(asked).toHaveLength(2);
    await link.stop();
  });
});

describe('a question', () => {
  it('that has the id of another one under way is refused', async () => {
    const { worker, open, succeed } = await setUp();
    await open();
    const first = worker.askMany('session.query.directory', S, { requestId: 'r1' });
    const same = worker.askMany('session.query.directory', S, { requestId: 'r1' });
    const other = worker.askMany('session.request.logout', S, { requestId: 'r1' });
    await settle();
    succeed({ entries: [] });
    await settle();
    expect([first, same]).toMatchObject([[{ result: 'SUCCESS' }], [{ result: 'SUCCESS' }]]);
    expect(other).toMatchObject([{ errorMessage: 'another question has this request id' }]);
  });

  it('after the stop is refused, and what was under way is finished', async () => {
    const { worker, link, open, status, succeed, clock } = await setUp();
    await open();
    status('STARTED');
    const first = worker.askMany('session.request.logout', S, {});
    await settle();
    const stopped = link.stop();
    expect(await worker.ask('session.query.directory', S)).toMatchObject({
      errorMessage: 'the adapter is stopping',
    });
    expect(await worker.control('cti.query.capabilities')).toMatchObject({
      errorMessage: 'the adapter is stopping',
    });
    await settle();
    clock.advance(1_000);
    expect(link.stats().questionsUnderWay).toBe(1);
    // Asked last was the logout.
    succeed();
    for (let turn = 0; turn < 3; turn += 1) {
      await settle();
      clock.advance(20);
    }
    await stopped;
    await settle();
    expect(first).toMatchObject([{ result: 'SUCCESS' }]);
    expect(worker.statuses.map(({ status: said }) => said)).toContain('STOPPING');
    expect(worker.statuses.at(-1)).toMatchObject({ status: 'STOPPED' });
  });
});
