import { HIGHEST_VERSION } from '@cordboard/translation';
import { type Ownership } from './ownership.ts';
import { type EnginePorts, type EngineSettings } from '../ports.ts';
import { spreadOf } from './spread.ts';

const MAX_PER_SWEEP = 500;
/** Claims that somebody waits for are not held up by more than these. */
const AT_ONCE = 64;

interface Given {
  readonly store: Pick<EnginePorts['store'], 'orphans'>;
  readonly settings: Pick<EngineSettings, 'workerId' | 'reads'>;
  readonly ownership: Pick<Ownership, 'claim' | 'find'>;
  /** A worker whose beat is so old is dead. */
  readonly staleMs: number;
  /** Nothing is to be taken over now. */
  readonly isIdle: () => boolean;
}

/** Takes over sessions whose owner is dead; true when there may be more of them. */
export const createOrphanSweep = ({ store, settings, ownership, staleMs, isIdle }: Given) => {
  const { workerId, reads = HIGHEST_VERSION } = settings;
  /** Where the next look begins: what this sweep has seen is not looked at again. */
  let after: string | undefined;

  /** Several workers that look at the same sessions begin at different ones. */
  const find = async () => {
    const all = await store.orphans(staleMs, MAX_PER_SWEEP, reads, after);
    const isFull = all.length === MAX_PER_SWEEP;
    after = isFull ? all.at(-1)?.sessionId : undefined;
    const first = spreadOf(workerId, all.length);
    const turned = [...all.slice(first), ...all.slice(0, first)];
    return {
      orphans: turned.filter(({ sessionId }) => ownership.find(sessionId) === null),
      isFull,
    };
  };

  return async (): Promise<boolean> => {
    const { orphans, isFull } = await find();
    const take = async (): Promise<void> => {
      for (let next = orphans.pop(); next !== undefined && !isIdle(); next = orphans.pop()) {
        const { tenant, sessionId, epoch } = next;
        await ownership.claim({ tenant, sessionId, after: epoch ?? undefined });
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, take));
    return isFull;
  };
};
