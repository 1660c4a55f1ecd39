import { privateNats, type PrivateNats } from '@cordboard/testing';
import { createPlay, type Play } from '../play/player.ts';
import { type Row } from '../play/row.ts';
import { type Carrier, CARRIERS } from './carriers.ts';
import { type BridgeRoom, openRoom, type RoomOptions } from './room.ts';

/** What a check works with; there once its tests run. */
export interface Scene {
  readonly carrier: Carrier;
  /** The room that the checks of one description share; every play has an agent of its own. */
  readonly room: () => BridgeRoom;
  /** A room for one test alone, with a processor of its own; it is closed after the test. */
  readonly another: (options?: Pick<RoomOptions, 'before' | 'settings'>) => Promise<BridgeRoom>;
  /** Plays the rows for a new agent, to go on from there; in the shared room unless another is given. */
  readonly play: (rows: readonly Row[], where?: BridgeRoom) => Promise<Play>;
  /** Plays the rows for a new agent; nothing else may be heard. */
  readonly check: (rows: readonly Row[]) => Promise<void>;
}

/** Runs the same checks over each way in which an adapter may be connected: it must not make a difference. */
export const overEach = (checks: (scene: Scene) => void, carriers = CARRIERS): void => {
  let nats: PrivateNats | undefined;
  const urlOf = async (): Promise<string> => {
    nats ??= await privateNats();
    return nats.url;
  };
  afterAll(() => nats?.stop());

  describe.each(carriers.map((carrier) => [carrier.name, carrier] as const))('over %s', (_, carrier) => {
    let shared: BridgeRoom | undefined;
    const others: BridgeRoom[] = [];
    const room = (): BridgeRoom => {
      if (shared === undefined) throw new Error('the room opens when the tests run');
      return shared;
    };
    beforeAll(async () => {
      shared = await openRoom({ carrier, url: await urlOf() });
    });
    afterEach(async () => {
      for (const other of others.splice(0)) await other.close();
    });
    afterAll(() => shared?.close());

    const play: Scene['play'] = async (rows, where = room()) => {
      const played = createPlay(where);
      await played.play(rows);
      return played;
    };
    checks({
      carrier,
      room,
      another: async (options = {}) => {
        const other = await openRoom({ carrier, url: await urlOf(), ...options });
        others.push(other);
        return other;
      },
      play,
      check: async (rows) => (await play(rows)).nothingElse(),
    });
  });
};
