import { closedLoop, openLoop } from '../../harness/rounds.ts';
import { inTurns } from '../../harness/in-turns.ts';
import { serveParent } from '../helper.ts';
import { type Seat, signIn, sitDown } from '../seat.ts';

// The agents at their browsers: plain sockets in a process of their own, so that what they take is counted apart.

const AT_ONCE = 16;
const seats: Seat[] = [];

/** Seats that nobody works at; whoever finds none waits. */
const freeSeats = (sessions: number) => {
  const free = seats.slice(0, sessions);
  const waiting: ((seat: Seat) => void)[] = [];
  const give = (seat: Seat): void => {
    const next = waiting.shift();
    if (next === undefined) free.push(seat);
    else next(seat);
  };
  const take = (): Seat | Promise<Seat> => free.shift() ?? new Promise((resolve) => waiting.push(resolve));
  return { take, give };
};

const noSeat = (seat: number): Error => new Error(`there is no seat ${seat}`);

/** Numbers of the seats that are still to be taken. */
const missing = (sessions: number): readonly number[] =>
  Array.from({ length: sessions }, (_, n) => n).slice(seats.length);

const fill = (numbers: readonly number[], open: (n: number) => Promise<Seat>): Promise<void> =>
  inTurns(numbers, AT_ONCE, async (n) => void seats.push(await open(n)));

serveParent({
  /** Signs agents in at an edge until there are so many; gives the path of the first one's call. */
  signIn: async ({ edgeUrl, sessions }: { readonly edgeUrl: string; readonly sessions: number }) => {
    await fill(missing(sessions), (n) => signIn(edgeUrl, `a${n}`));
    return seats[0]?.path;
  },
  /** Connects to the raw edge until so many do, with calls of these paths. */
  sitDown: ({
    edgeUrl,
    paths,
    sessions,
  }: {
    readonly edgeUrl: string;
    readonly paths: readonly string[];
    readonly sessions: number;
  }) => fill(missing(sessions), (n) => sitDown(edgeUrl, paths[n] ?? '')),
  toggle: ({ seat }: { readonly seat: number }) => seats[seat]?.toggle() ?? Promise.reject(noSeat(seat)),
  closedLoop: ({ sessions, ms }: { readonly sessions: number; readonly ms: number }) =>
    closedLoop(sessions, ms, (n) => seats[n]?.toggle() ?? Promise.reject(noSeat(n))),
  openLoop: ({
    sessions,
    ms,
    perSecond,
  }: {
    readonly sessions: number;
    readonly ms: number;
    readonly perSecond: number;
  }) => {
    const { take, give } = freeSeats(sessions);
    return openLoop(perSecond, ms, async () => {
      const seat = await take();
      await seat.toggle();
      give(seat);
    });
  },
});
