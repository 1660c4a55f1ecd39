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

const fill = <T>(all: readonly T[], open: (one: T) => Promise<Seat>): Promise<void> =>
  inTurns(all, AT_ONCE, async (one) => void seats.push(await open(one)));

serveParent({
  /** Signs agents in at an edge; gives the path of the call of each. */
  signIn: async ({ edgeUrl, count }: { readonly edgeUrl: string; readonly count: number }) => {
    const agents = Array.from({ length: count }, (_, n) => `a${n}`);
    await fill(agents, (agent) => signIn(edgeUrl, agent));
    return seats.map(({ path }) => path);
  },
  /** Connects to the raw edge, with calls of these paths. */
  sitDown: ({ edgeUrl, paths }: { readonly edgeUrl: string; readonly paths: readonly string[] }) =>
    fill(paths, (path) => sitDown(edgeUrl, path)),
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
