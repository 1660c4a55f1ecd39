import { timed } from '../../harness/figures.ts';
import { missedFrame, type MissedLog } from '../../resume/missed-log.ts';
import { isRecovered, openMembers, openReturning, type Place } from './clients.ts';
import { type SocketIoServer } from './server-process.ts';

const eventOf = (session: string, sequence: number): object =>
  JSON.parse(missedFrame(session, sequence)) as object;

/** Clients that leave, miss the same events as the browsers of our edge, and come back. */
export const socketIoWaves = (server: SocketIoServer, { sessions, cursor, last }: MissedLog) => {
  const [example = ''] = sessions;
  const missed = Array.from({ length: last - cursor }, (_, index) => eventOf(example, cursor + index + 1));
  let place: Place | undefined;

  const wave = async (rooms: readonly string[]): Promise<number> => {
    const kinds = [...new Set(rooms)];
    const port = await server.begin();
    const members = await openMembers(port, rooms);
    await server.connected(sessions.length);
    // Without an event that it has, a client has no place to come back to.
    const [places] = await Promise.all([members.places(), server.emit(kinds, [eventOf(example, cursor)])]);
    await members.leave();
    await server.connected(0);
    await server.emit(kinds, missed);
    const clients = await openReturning(port, places, { cursor, last });
    const tookUs = await timed(clients.catchUp);
    await clients.close();
    await server.connected(0);
    place = places.at(0);
    return (sessions.length * missed.length * 1_000_000) / tookUs;
  };

  return {
    /** Each client is an agent and hears of its own session only. */
    roomEach: () => wave(sessions),
    /** What suits the adapter most: all hear the same, so it keeps each event once. */
    oneRoom: () => wave(sessions.map(() => 'all')),
    /** Whether a client of the last wave is known when the server was started again. */
    survivesRestart: async (): Promise<boolean> =>
      place !== undefined && (await isRecovered(await server.begin(), place)),
  };
};
