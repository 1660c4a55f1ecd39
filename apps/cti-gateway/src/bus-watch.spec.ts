import { createMemoryNetwork, type MemoryBus } from '@cordboard/bus';
import { eventually, virtualClock } from '@cordboard/testing';
import { createBusWatch } from './bus-watch.ts';
import { HEADER_ROOM_BYTES, NATS_AGAIN_MS } from './limits.ts';

const MAX_BYTES = 10_000;

const setUp = (maxPayloadBytes = MAX_BYTES + HEADER_ROOM_BYTES) => {
  const clock = virtualClock();
  const network = createMemoryNetwork({ maxPayloadBytes });
  const buses: MemoryBus[] = [];
  const server = { up: true };
  const watch = createBusWatch({
    connect: async () => {
      if (!server.up) throw new Error('nobody listens');
      const bus = network.connect();
      buses.push(bus);
      return bus;
    },
    clock,
    logger: { info: () => undefined, warn: () => undefined },
    maxBytes: MAX_BYTES,
  });
  const isFit = (): boolean => {
    try {
      watch.check();
      return true;
    } catch {
      return false;
    }
  };
  return { clock, buses, server, watch, isFit };
};

describe('the connection of the gateway to NATS', () => {
  it('has to be there at the start', async () => {
    const { server, watch, isFit } = setUp();
    server.up = false;
    await expect(watch.start()).rejects.toThrow('nobody listens');
    expect(isFit()).toBe(false);
  });

  it('has to take what the gateway takes, with its headers', async () => {
    await expect(setUp(MAX_BYTES + HEADER_ROOM_BYTES - 1).watch.start()).rejects.toThrow(
      /CORDBOARD_CTI_MAX_BYTES is 10000, but .* set it to 9999 or less/,
    );
  });

  it('is made again and again when it is lost', async () => {
    const { clock, buses, server, watch, isFit } = setUp();
    await watch.start();
    expect(isFit()).toBe(true);
    server.up = false;
    buses[0]?.sever();
    await eventually(() => !isFit() && clock.waiting() === 1);
    clock.advance(NATS_AGAIN_MS);
    await eventually(() => clock.waiting() === 1);
    server.up = true;
    clock.advance(NATS_AGAIN_MS);
    await eventually(isFit);
    await watch.stop();
    await eventually(() => !isFit());
    expect(clock.waiting()).toBe(0);
  });
});
