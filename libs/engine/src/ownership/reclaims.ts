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
/** Claims that somebody waits for are not held up by more than these. */
const AT_ONCE = 64;

export const createReclaims = ({ clock, works, claim }: Given): Reclaims => {
  const planned = new Map<string, Wanted>();
  /** Those whose time has come, in turn. */
  const held = new Set<string>();
  let underWay = 0;
  let stopped = false;

  const plan: Reclaims['plan'] = (wanted, delayMs) => {
    const { sessionId } = wanted;
    const known = planned.has(sessionId);
    planned.set(sessionId, wanted);
    if (!known) clock.after(delayMs, () => due(sessionId));
  };

  const due = (sessionId: string): void => {
    held.add(sessionId);
    claimNext();
  };

  const claimNext = (): void => {
    for (const sessionId of held) {
      if (stopped || !works() || underWay >= AT_ONCE) return;
      held.delete(sessionId);
      void take(sessionId);
    }
  };

  const take = async (sessionId: string): Promise<void> => {
    const wanted = planned.get(sessionId);
    planned.delete(sessionId);
    if (wanted === undefined) return;
    underWay += 1;
    const { kind } = await claim(wanted);
    underWay -= 1;
    if (kind === 'unavailable' && !planned.has(sessionId)) plan(wanted, AGAIN_MS);
    claimNext();
  };

  return {
    plan,
    resume: claimNext,
    stop: () => {
      stopped = true;
    },
  };
};
