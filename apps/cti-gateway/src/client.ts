import { type Socket } from 'node:net';
import { type BridgeLink, type LinkStats } from '@cordboard/adapter-sdk';
import { encodeFrame, type FrameIn } from '@cordboard/cti-protocol';
import { createFlow } from './flow.ts';
import { type GatewayPorts } from './gateway-ports.ts';
import { CLOSING_MS, FAREWELL_MS, MAX_WAITING_BYTES, MAX_WAITING_EVENTS } from './limits.ts';
import { createLiveness } from './liveness.ts';
import { createSocketPeer, type SocketPeer } from './socket-peer.ts';
import { createWriteQueue } from './write-queue.ts';

/** One adapter that was admitted: its socket on one side, its link on the other. */
export interface Client {
  readonly processor: string;
  /** Bytes came, though perhaps no whole frame. */
  readonly heard: (bytes: number) => void;
  readonly take: (frame: FrameIn) => void;
  /** Another one has come in its place, so this one may be gone without a word. */
  readonly doubt: () => void;
  /** The socket is closed. */
  readonly closed: (why: string) => void;
  /** Tells the adapter that the gateway stops, ends the link, then the connection. */
  readonly stop: () => Promise<void>;
}

/** An admitted connection; `close` ends it at once, with the reason for the log. */
export interface Seat {
  readonly processor: string;
  readonly socket: Socket;
  readonly close: (why: string) => void;
}

const filled = ({ eventsWaiting, bytesWaiting }: LinkStats): number =>
  Math.max(eventsWaiting / MAX_WAITING_EVENTS, bytesWaiting / MAX_WAITING_BYTES);

/** What watches over the reading side: a sign of life now and then, and no more than can be kept. */
const watchReading = (
  { clock, count }: GatewayPorts,
  { socket, close }: Seat,
  peer: SocketPeer,
  link: BridgeLink,
) => {
  const liveness = createLiveness({
    clock,
    ask: () => void peer.control('cti.request.status', {}),
    onSilent: () => {
      count('clients_silent');
      close('the adapter gave no sign of life');
    },
  });
  const flow = createFlow({
    clock,
    filled: () => filled(link.stats()),
    pause: () => {
      count('clients_paused');
      socket.pause();
    },
    resume: () => void socket.resume(),
    whilePaused: liveness.heard,
  });
  return {
    heard: (bytes: number): void => {
      liveness.heard();
      flow.heard(bytes);
    },
    doubt: liveness.doubt,
    end: (): void => {
      liveness.end();
      flow.end();
    },
  };
};

const writeTo = ({ clock, count }: GatewayPorts, { socket, close }: Seat) =>
  createWriteQueue({
    clock,
    write: (bytes, done) => void socket.write(bytes, done),
    onSlow: (why) => {
      count('clients_slow');
      close(`the adapter ${why}`);
    },
  });

export const createClient = (ports: GatewayPorts, seat: Seat): Client => {
  const { processor, socket } = seat;
  let leave = (): void => undefined;
  const gone = new Promise<void>((resolve) => (leave = resolve));
  let stopping = false;

  const queue = writeTo(ports, seat);
  const peer = createSocketPeer(ports, processor, (text) => queue.push(encodeFrame(text)));
  const link = ports.linkTo(processor)(peer);
  const reading = watchReading(ports, seat, peer, link);
  link.start();

  const after = (delayMs: number): Promise<void> =>
    new Promise((resolve) => {
      const cancel = ports.clock.after(delayMs, resolve);
      void gone.then(cancel).then(resolve);
    });

  return {
    processor,
    heard: reading.heard,
    doubt: reading.doubt,
    take: (frame) => {
      if (frame.kind !== 'broken') return peer.take(frame);
      ports.count('frames_broken');
      seat.close(frame.why);
    },
    closed: (why) => {
      reading.end();
      queue.end();
      peer.end();
      leave();
      if (!stopping) link.lost(why);
    },
    stop: async () => {
      stopping = true;
      reading.end();
      const told = peer.control('cti.request.serverstatus', { status: 'STOPPING' });
      await Promise.all([Promise.race([told, after(FAREWELL_MS), gone]), link.stop()]);
      socket.end();
      await Promise.race([gone, after(CLOSING_MS)]);
      socket.destroy();
      await gone;
    },
  };
};
