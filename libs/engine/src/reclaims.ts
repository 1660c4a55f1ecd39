import { type Clock } from '@cordboard/kernel';
import { type Claim, type Wanted } from './claim-session.ts';

/** Sessions that this worker gave up and takes again, unless somebody else did meanwhile. */
export interface Reclaims {
  readonly plan: (wanted: Wanted, delayMs: number) => void;
  /** The log answers again: what waited for it is taken up. */
  readonly resume: () => void;
  readonly stop: () => void;
}

interface Given {
  readonly clock: Clock;
  /** Without the log nothing is claimed. */
  readonly works: () => boolean;
  readonly claim: (wanted: Wanted) => Promise<Claim>;
}

/** While a claim comes to nothing, each further try waits so long. */
const AGAIN_MS = 1_000;

export const createReclaims = ({ clock, works, claim }: Given): Reclaims => {
  const planned = new Map<string, Wanted>();
  const held = new Set<string>();
  let stopped = false;

  const plan: Reclaims['plan'] = (wanted, delayMs) => {
    const { sessionId } = wanted;
    const known = planned.has(sessionId);
    planned.set(sessionId, wanted);
    if (!known) clock.after(delayMs, () => void due(sessionId));
  };

  const due = async (sessionId: string): Promise<void> => {
    if (stopped) return;
    if (!works()) return void held.add(sessionId);
    const wanted = planned.get(sessionId);
    planned.delete(sessionId);
    if (wanted === undefined) return;
    const { kind } = await claim(wanted);
    if (kind === 'unavailable' && !planned.has(sessionId)) plan(wanted, AGAIN_MS);
  };

  return {
    plan,
    resume: () => {
      const all = [...held];
      held.clear();
      for (const sessionId of all) void due(sessionId);
    },
    stop: () => {
      stopped = true;
    },
  };
};
