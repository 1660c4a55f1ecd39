import { type BridgeLink } from '@cordboard/adapter-sdk';
import { type Bus, connectNats, subjects } from '@cordboard/bus';
import { type EngineSettings } from '@cordboard/engine';
import { eventually, type VirtualClock, virtualClock } from '@cordboard/testing';
import { type Carrier } from './carriers.ts';
import { passing } from './passing.ts';
import { createDesk, type Desk } from './desk.ts';
import { scriptedPeer, type ScriptedPeer } from './scripted-peer.ts';
import { type BridgeWorker, hireWorker } from './worker.ts';

/**
 * The bridge between two scripts: a real session worker, a switch side that is tied to it by a real link, and
 * desktops of agents. Time stands still until the clock is told otherwise.
 */
export interface BridgeRoom {
  readonly clock: VirtualClock;
  readonly tenant: string;
  readonly processor: string;
  readonly worker: BridgeWorker;
  readonly switchSide: ScriptedPeer;
  /** The adapter is gone, as if its process had ended. */
  readonly lose: () => void;
  /** It is started again. */
  readonly reconnect: () => Promise<void>;
  /** A desktop of an agent that nobody has used yet. */
  readonly desk: () => Desk;
  /** Settles when the engine has heard every event that the switch side raised. */
  readonly eventsHeard: () => Promise<void>;
  /** How often the adapter has said how it is. */
  readonly statuses: () => number;
  /** Lets so much time pass; the adapter gives its sign of life each second. */
  readonly pass: (ms: number) => Promise<void>;
  readonly close: () => Promise<void>;
}

export interface RoomOptions {
  readonly carrier: Carrier;
  readonly url: string;
  readonly settings?: Partial<EngineSettings>;
  /** What the switch side is told before it is connected. */
  readonly before?: (switchSide: ScriptedPeer) => void;
}

/** An adapter that is there says so each second. */
const SECOND_MS = 1_000;

let rooms = 0;

/** Lets time pass second by second, each as long as the adapter's sign of life takes to go round. */
const passOf =
  (clock: VirtualClock, statuses: () => number): BridgeRoom['pass'] =>
  async (ms) => {
    for (let left = ms; left > 0; left -= SECOND_MS) {
      const before = statuses();
      clock.advance(Math.min(left, SECOND_MS));
      if (left >= SECOND_MS) await eventually(() => statuses() > before, { everyMs: 1 });
    }
  };

const countStatuses = (bus: Bus, tenant: string, processor: string): (() => number) => {
  let heard = 0;
  bus.subscribe(subjects.ctiStatus(tenant, processor), () => void (heard += 1));
  return () => heard;
};

export const openRoom = async ({ carrier, url, settings, before }: RoomOptions): Promise<BridgeRoom> => {
  const clock = virtualClock();
  rooms += 1;
  const place = { url, clock, tenant: `demo-${rooms}`, processor: `P${rooms}` };
  const worker = await hireWorker({ ...place, ...(settings === undefined ? {} : { settings }) });
  const deskBus = await connectNats({ url, name: 'bridge check desk' });
  const statuses = countStatuses(deskBus, place.tenant, place.processor);
  const switchSide = scriptedPeer(place.processor);
  before?.(switchSide);
  const way = await carrier.open(place);
  let link: BridgeLink;
  const connectSwitch = async (): Promise<void> => {
    link = (await way.linkTo())(switchSide.peer);
    link.start();
  };
  await connectSwitch();
  let agents = 0;
  return {
    ...place,
    worker,
    switchSide,
    lose: () => link.lost('the adapter is gone'),
    reconnect: connectSwitch,
    desk: () => createDesk(deskBus, place.tenant, `${1000 + (agents += 1)}`),
    eventsHeard: () =>
      eventually(() => worker.counted('switch_events') >= switchSide.events(), { everyMs: 2 }).then(
        () => undefined,
      ),
    statuses,
    pass: passOf(clock, statuses),
    close: async () => {
      await passing(clock, link.stop());
      await passing(clock, way.close());
      await worker.stop();
      await deskBus.drain();
    },
  };
};
