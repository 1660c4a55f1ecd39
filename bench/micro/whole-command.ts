import { setTimeout as delay } from 'node:timers/promises';
import { startStack } from '@cordboard/testing';
import { type Figures, figuresOf, timed } from '../harness/figures.ts';
import { agentInCall } from './caller.ts';
import { openFloors } from './floors.ts';

/** Below the 50 commands a second that a connection may send. */
const PACE_MS = 25;

/** Microseconds from a command sent to its answer, and of each hop alone, measured in turn. */
export interface WholeCommand {
  readonly command: Figures;
  readonly floors: Readonly<Record<string, Figures>>;
}

/**
 * One agent holds and takes back one call, on real processes with servers of their own: edge, session workers,
 * simulator, NATS, Postgres. Between two commands each floor is measured once, so that all share what else the
 * machine does. The database does not wait for its disk.
 */
export const wholeCommand = async ({ commands }: { readonly commands: number }): Promise<WholeCommand> => {
  const stack = await startStack();
  try {
    const floors = await openFloors(stack.nats.url, stack.database.adminUrl);
    const agent = await agentInCall(stack);
    const times: number[] = [];
    const hops = new Map<string, number[]>(Object.keys(floors.tasks).map((name) => [name, []]));
    for (let n = -Math.ceil(commands / 10); n < commands; n += 1) {
      const took = await timed(agent.toggle);
      await Promise.all([agent.settled(), delay(PACE_MS)]);
      if (n >= 0) times.push(took);
      for (const [name, task] of Object.entries(floors.tasks)) {
        const alone = await timed(task);
        if (n >= 0) hops.get(name)?.push(alone);
      }
    }
    agent.close();
    await floors.close();
    return {
      command: figuresOf(times),
      floors: Object.fromEntries([...hops].map(([name, measured]) => [name, figuresOf(measured)])),
    };
  } catch (error) {
    throw new Error(`${String(error)}\n${stack.logs().slice(-4_000)}`, { cause: error });
  } finally {
    await stack.stop();
  }
};
