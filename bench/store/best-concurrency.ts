import { type Contestant } from './contestants/contestant.ts';
import { lasting, oneTurn, type TurnOptions } from './turns.ts';

const CONNECTIONS = [1, 4, 8, 16, 32, 64];

/** A contestant at the number of connections at which it was fastest just now. */
export interface AtItsBest {
  readonly contestant: Contestant;
  readonly connections: number;
}

/** Tries each number for a third of a turn; a disk that is slow wants more of them than a fast one. */
export const atItsBest = async (
  name: string,
  open: (connections: number) => Promise<Contestant>,
  options: TurnOptions,
): Promise<AtItsBest> => {
  let best = { connections: 0, eventsPerSecond: 0 };
  for (const connections of CONNECTIONS) {
    const contestant = await open(connections);
    const { eventsPerSecond } = await oneTurn(name, contestant, lasting(1 / 3, options));
    await contestant.close();
    if (eventsPerSecond > best.eventsPerSecond) best = { connections, eventsPerSecond };
  }
  return { contestant: await open(best.connections), connections: best.connections };
};
