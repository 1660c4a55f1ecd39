import { type World } from '../world/world.ts';
import { effectsIntended } from './effects-intended.ts';
import { epochsRise } from './epochs-rise.ts';
import { feedEquals } from './feed-equals.ts';
import { followersEqual, noticedInTime } from './followers-equal.ts';
import { memoryEqualsFold, type Told } from './memory-equals-fold.ts';
import { noHole } from './no-hole.ts';
import { nothingWaits } from './nothing-waits.ts';
import { serialReplies } from './serial-replies.ts';
import { storedOnce } from './stored-once.ts';
import { foldStream } from './history.ts';
import { type Report, type Violation } from './violation.ts';

/** What was asked for when all was over. */
export interface Finale {
  /** From this time on every publication was lost. */
  readonly silentSince: number;
  readonly told: readonly Told[];
}

const MAX_VIOLATIONS = 20;

/** Holds the records of browsers, log and switch against each other; the first of what does not fit. */
export const check = (world: World, { silentSince, told }: Finale): readonly Violation[] => {
  const violations: Violation[] = [];
  const report = (invariant: Violation['invariant'], what: string): void => {
    if (violations.length < MAX_VIOLATIONS) violations.push({ invariant, what });
  };
  noHole(world, report);
  epochsRise(world, report);
  storedOnce(world, report);
  followersEqual(world, report);
  noticedInTime(world, silentSince, report);
  feedEquals(world, report);
  effectsIntended(world, report);
  if (!isReadable(world, report)) return violations;
  memoryEqualsFold(world, told, report);
  serialReplies(world, report);
  nothingWaits(world, report);
  return violations;
};

/** Whether the log can be folded at all; the rest makes no sense without. */
const isReadable = ({ database }: World, report: Report): boolean => {
  try {
    for (const session of database.log.streams.keys()) foldStream(database, session);
    return true;
  } catch (error) {
    report('memory-equals-fold', `the log cannot be folded: ${String(error)}`);
    return false;
  }
};
