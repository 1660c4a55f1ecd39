import { type BridgeLink, type BridgePeer, natsLink, tcpLink } from '@cordboard/adapter-sdk';
import { type Bus, connectNats } from '@cordboard/bus';
import { answerSuccess, type CtiMessage } from '@cordboard/cti-protocol';
import { systemClock, systemIds } from '@cordboard/runtime';
import { privateNats, sequentialIds, startApp } from '@cordboard/testing';
import { bridgeDesk } from '../bridge-desk.ts';
import { type Figures, figuresOf, inWords, timed } from '../harness/figures.ts';
import { type Outcome } from '../outcome.ts';

/** How many times as long a request may take through the gateway. It goes over four connections instead of two. */
const MOST_RATIO = 5;
const TENANT = 'demo';
const TCP = { tenant: TENANT, processor: 'tcp', instance: 'gateway-1' };
const NATS = { tenant: TENANT, processor: 'direct', instance: 'direct-1' };

export interface GatewayOptions {
  /** Requests each way. */
  readonly rounds: number;
}

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

/** One way, then the other, again and again, so that both share what else the machine does. */
const compare = async (
  direct: () => Promise<unknown>,
  relayed: () => Promise<unknown>,
  { rounds }: GatewayOptions,
): Promise<Readonly<Record<'nats' | 'gateway', Figures>>> => {
  const nats: number[] = [];
  const gateway: number[] = [];
  for (let n = -Math.ceil(rounds / 5); n < rounds; n += 1) {
    const [one, other] = [await timed(direct), await timed(relayed)];
    if (n < 0) continue;
    nats.push(one);
    gateway.push(other);
  }
  return { nats: figuresOf(nats), gateway: figuresOf(gateway) };
};

const summary = ({ nats, gateway }: Awaited<ReturnType<typeof compare>>): Outcome => {
  const ratio = gateway.median / nats.median;
  return {
    good: ratio < MOST_RATIO,
    lines: [
      'a request to an adapter and its answer, in us (a quarter below, a quarter above):',
      `  on NATS:             ${inWords(nats)}`,
      `  through the gateway: ${inWords(gateway)}`,
      `  ratio: ${ratio.toFixed(2)}, to be under ${MOST_RATIO}`,
    ],
    result: { limitRatio: MOST_RATIO, ratio, natsUs: nats, gatewayUs: gateway },
  };
};

/** What the gateway adds to a request: the same peer on NATS, and on TCP behind a gateway of its own process. */
export const gateway = async (options: GatewayOptions): Promise<Outcome> => {
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
    return summary(await compare(direct, relayed, options));
  } finally {
    await Promise.all(links.map((link) => link.stop()));
    await relay.stop();
    await Promise.all([asking.drain(), answering.drain()]);
    await nats.stop();
  }
};
