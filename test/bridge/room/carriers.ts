import { type LinkTo, natsLink, reconnectingNatsLink, tcpLink } from '@cordboard/adapter-sdk';
import { connectNats } from '@cordboard/bus';
import { type IdSource } from '@cordboard/kernel';
import { sequentialIds, type VirtualClock } from '@cordboard/testing';
import { createAdmission } from '../../../apps/cti-gateway/src/admission.ts';
import { type Cut, rawLink } from './raw-link.ts';
import { createGateway, type Gateway } from '../../../apps/cti-gateway/src/gateway.ts';

/** Where a carrier finds what it ties a peer to. */
interface CarrierPlace {
  readonly url: string;
  readonly clock: VirtualClock;
  readonly tenant: string;
  readonly processor: string;
}

/** A way from peers to Cordboard that is open until `close`. */
interface OpenCarrier {
  /** For a start of the processor's adapter. */
  readonly linkTo: () => Promise<LinkTo>;
  readonly close: () => Promise<void>;
}

/** One of the ways in which an adapter may be connected. */
export interface Carrier {
  readonly name: string;
  readonly open: (place: CarrierPlace) => Promise<OpenCarrier>;
}

const INSTANCE = 'sw-1';
const MAX_BYTES = 524_288;
const silent = () => undefined;
const logger = { info: silent, warn: silent, error: silent };
const idsFrom = (family: number): IdSource => sequentialIds({ family });

const overNats: Carrier = {
  name: 'NATS',
  open: async (place) => {
    const ids = idsFrom(2);
    const open: (() => Promise<void>)[] = [];
    return {
      linkTo: async () => {
        const bus = await connectNats({ url: place.url, name: 'bridge check adapter' });
        open.push(bus.drain);
        return natsLink({ ...place, bus, ids, instance: INSTANCE, logger });
      },
      close: async () => {
        for (const drain of open) await drain();
      },
    };
  },
};

/** The gateway as its app makes it, on a clock that the test drives. */
const gatewayAt = ({ url, clock, tenant, processor }: CarrierPlace): Gateway => {
  const ids = idsFrom(3);
  const connect = () => connectNats({ url, name: 'bridge check gateway' });
  return createGateway(
    {
      admission: createAdmission({ processor, tokens: new Map() }),
      linkTo: (name) =>
        reconnectingNatsLink({ connect, clock, ids, logger, tenant, processor: name, instance: INSTANCE }),
      clock,
      newId: ids.next,
      log: logger,
      count: silent,
      connected: silent,
      maxBytes: MAX_BYTES,
    },
    { host: '127.0.0.1', port: 0 },
  );
};

const throughGateway = (name: string, linkTo: (port: number, place: CarrierPlace) => LinkTo): Carrier => ({
  name,
  open: async (place) => {
    const gateway = gatewayAt(place);
    const port = await gateway.start();
    return { linkTo: () => Promise.resolve(linkTo(port, place)), close: gateway.stop };
  },
});

const overTcp = throughGateway('TCP', (port, { processor, clock }) =>
  tcpLink({ host: '127.0.0.1', port, processor, clock, logger }),
);

const cutInto = (cut: Cut): Carrier =>
  throughGateway(`TCP, written ${cut}`, (port, { processor }) => rawLink({ port, processor, cut }));

/** The ways in which an adapter may be connected. */
export const CARRIERS: readonly Carrier[] = [overNats, overTcp];

/** TCP by hand: every byte alone, and all frames of a moment in one piece. */
export const RAW_CARRIERS: readonly Carrier[] = [cutInto('bytes'), cutInto('together')];
