import { createMemoryNetwork } from '@cordboard/bus';
import {
  type Carrier,
  natsCarrier,
  NoAdapter,
  openTcpCarrier,
  runAdapterConformance,
} from '@cordboard/conformance';
import { encodeFrame } from '@cordboard/cti-protocol';
import { connect } from 'node:net';
import { eventAt, instead, type Mutant } from './mutate.ts';
import { peerCarrier } from './peer-carrier.ts';
import { simulatedSwitch } from './simulated-switch.ts';

const OPTIONS = {
  processor: 'sim',
  agents: ['1008'],
  password: 'demo',
  foundMs: 50,
  timeoutMs: 50,
  settleMs: 5,
};

const silentBus = (): Carrier =>
  natsCarrier(createMemoryNetwork().connect(), { tenant: 'demo', processor: 'sim', where: 'nats://here' });

const silentPort = (): Promise<Carrier> => openTcpCarrier({ host: '127.0.0.1', port: 0, processor: 'sim' });

/** Somebody connects, says hello under another name, and answers everything. */
const stranger = async (): Promise<Carrier> => {
  const carrier = await silentPort();
  const socket = connect(Number(carrier.where.split(':')[1]), '127.0.0.1');
  const hello = { header: { type: 'cti.hello' }, body: { processor: 'another' } };
  socket.on('connect', () => socket.write(encodeFrame(JSON.stringify(hello))));
  return carrier;
};

const broken = (mutant: Mutant) => async (): Promise<Carrier> => {
  const { peer, stop } = simulatedSwitch();
  stop();
  return peerCarrier(mutant(peer));
};

const says = (status: string): Mutant =>
  instead('cti.request.status', ({ header }, answer, _next, emit) => {
    const { name, target, requestId } = header;
    answer({ header: { type: 'cti.response', name, target, requestId, result: 'SUCCESS' }, body: {} });
    emit(eventAt('cti.status', target, { status, reason: 'no line' }));
  });

describe('an adapter that is not there', () => {
  it.each([
    [
      'says no hello',
      async () => silentBus(),
      /No adapter says hello as processor "sim" .* on nats:\/\/here/,
    ],
    ['does not connect', silentPort, /No adapter connects to 127\.0\.0\.1:\d+ within/],
    [
      'comes under another name',
      stranger,
      /says hello as processor "another": name it with --adapter another/,
    ],
    ['is silent', broken(instead('cti.request.status', () => undefined)), /does not answer the handshake/],
    ['has no switch', broken(says('STOPPED')), /says STOPPED \(no line\): it takes no sessions/],
  ])('is told of in one sentence: it %s', async (_what, open, sentence) => {
    const run = runAdapterConformance({ ...OPTIONS, carrier: await open() });
    await expect(run).rejects.toThrow(NoAdapter);
    await expect(run).rejects.toThrow(sentence);
  });

  it('is waited for until the run is stopped', async () => {
    const abort = new AbortController();
    const run = runAdapterConformance({
      ...OPTIONS,
      foundMs: 60_000,
      carrier: silentBus(),
      signal: abort.signal,
    });
    abort.abort();
    await expect(run).rejects.toThrow('The run was stopped before the adapter came.');
  });
});
