import { type BridgeLink, type BridgePeer, natsLink, tcpLink } from '@cordboard/adapter-sdk';
import { type Bus, connectNats } from '@cordboard/bus';
import { answerSuccess, type CtiMessage } from '@cordboard/cti-protocol';
import { systemClock, systemIds } from '@cordboard/runtime';
import { privateNats, sequentialIds, startApp } from '@cordboard/testing';
import { bridgeDesk } from '../bridge-desk.ts';
import { type Announced, type Group } from '../harness/context.ts';
import { figuresOf, timed } from '../harness/figures.ts';
import { type Found, type Mode } from '../harness/row.ts';

const RATIO = {
  id: 'gateway/ratio',
  title: 'a request to an adapter on TCP behind the gateway / on NATS, four connections instead of two',
  unit: 'x',
  better: 'lower',
  target: 5,
} as const satisfies Announced;
const TENANT = 'demo';
const TCP = { tenant: TENANT, processor: 'tcp', instance: 'gateway-1' };
const NATS = { tenant: TENANT, processor: 'direct', instance: 'direct-1' };

export interface GatewayOptions {
  readonly rounds: number;
  /** Requests each way in a round. */
  readonly requests: number;
}

const REQUESTS: Readonly<Record<Mode, number>> = { quick: 300, full: 500, long: 1_000 };

/** Says yes to everything at once, so that only the way there and back is measured. */
const yesPeer = (): BridgePeer => {
  let say: (event: CtiMessage) => void = () => undefined;
  return {
    onEvent: (listener) => void (say = listener),
    ask: (question, answer) => {
      answer(answerSuccess(question, {}));
      if (question.header.name !== 'cti.request.status') return;
      const header = { type: 'cti.event', name: 'cti.status', target: question.header.target } as const;
      say({ header, body: { status: 'STARTED' } });
    },
  };
};

/** A session at the adapter, and a request to it that changes nothing. */
const openRequest = async (bus: Bus, where: typeof TCP): Promise<() => Promise<unknown>> => {
  const desk = bridgeDesk(bus, where);
  await desk.ready();
  const session = sequentialIds().next();
  await desk.control('cti.request.createsession', { id: session, agent: { id: '1001' } });
  return () => desk.ask('session.request.logout', session);
};

/** One way, then the other, again and again, so that both share what else the machine does; the median of each. */
const round = async (
  direct: () => Promise<unknown>,
  relayed: () => Promise<unknown>,
  requests: number,
): Promise<Readonly<Record<'nats' | 'gateway', number>>> => {
  const nats: number[] = [];
  const gateway: number[] = [];
  for (let n = 0; n < requests; n += 1) {
    nats.push(await timed(direct));
    gateway.push(await timed(relayed));
  }
  return { nats: figuresOf(nats).median, gateway: figuresOf(gateway).median };
};

const compare = async (
  direct: () => Promise<unknown>,
  relayed: () => Promise<unknown>,
  { rounds, requests }: GatewayOptions,
): Promise<Found> => {
  await round(direct, relayed, requests);
  const found: Awaited<ReturnType<typeof round>>[] = [];
  for (let n = 0; n < rounds; n += 1) found.push(await round(direct, relayed, requests));
  const inUs = (one: 'nats' | 'gateway') => ({
    figures: figuresOf(found.map((all) => all[one])),
    unit: 'us',
  });
  const figures = figuresOf(found.map(({ nats, gateway }) => gateway / nats));
  return { rows: [{ ...RATIO, figures, parts: { 'on NATS': inUs('nats'), 'by gateway': inUs('gateway') } }] };
};

/** What the gateway adds to a request: the same peer on NATS, and on TCP behind a gateway of its own process. */
export const measureGateway = async (options: GatewayOptions): Promise<Found> => {
  const nats = await privateNats();
  const open = (name: string): Promise<Bus> => connectNats({ url: nats.url, name });
  const [asking, answering] = await Promise.all([open('bench-asking'), open('bench-answering')]);
  const relay = await startApp('cti-gateway', {
    CORDBOARD_NATS_URL: nats.url,
    CORDBOARD_TENANT: TENANT,
    CORDBOARD_INSTANCE: TCP.instance,
    CORDBOARD_CTI_PROCESSOR: TCP.processor,
    CORDBOARD_CTI_PORT: '0',
  });
  const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const own = { clock: systemClock, logger: quiet };
  const links: readonly BridgeLink[] = [
    natsLink({ ...own, ...NATS, ids: systemIds, bus: answering })(yesPeer()),
    tcpLink({ ...own, processor: TCP.processor, host: '127.0.0.1', port: relay.ports['cti'] ?? 0 })(
      yesPeer(),
    ),
  ];
  try {
    for (const link of links) link.start();
    const [direct, relayed] = [await openRequest(asking, NATS), await openRequest(asking, TCP)];
    return await compare(direct, relayed, options);
  } finally {
    await Promise.all(links.map((link) => link.stop()));
    await relay.stop();
    await Promise.all([asking.drain(), answering.drain()]);
    await nats.stop();
  }
};

export const gateway: Group = {
  name: 'gateway',
  says: 'what the gateway for adapters on TCP adds to a request',
  rows: [RATIO],
  run: ({ mode, rounds }) => measureGateway({ rounds, requests: REQUESTS[mode] }),
};
