import { acknowledgedIsStored, repliesFitOneOrder } from './commands.ts';
import { effectsHaveIntents } from './effects.ts';
import { followersEqualLog, memoryEqualsFold } from './followers.ts';
import { epochsNeverGoBack, noHoles } from './log.ts';
import { type Invariant, type Records, type Violation } from './records.ts';
import { nothingWaits } from './waiting.ts';

/** The eight promises (docs/reliability.md), each checked against records that do not know of each other. */
export const INVARIANTS: Readonly<Record<string, Invariant>> = {
  'acknowledged means stored exactly once': acknowledgedIsStored,
  'seq and wpos have no hole': noHoles,
  'every follower equals Postgres': followersEqualLog,
  'memory equals fold': memoryEqualsFold,
  'every switch effect has an earlier intent and happens once': effectsHaveIntents,
  'replies fit one serial order': repliesFitOneOrder,
  'epochs never go back': epochsNeverGoBack,
  'nothing waits for ever': nothingWaits,
};

export const check = (records: Records): readonly Violation[] =>
  Object.values(INVARIANTS).flatMap((invariant) => invariant(records));

/** A violation in one line. */
export const inWords = ({ invariant, session, seq, what }: Violation): string =>
  `${invariant}: session ${session}${seq === null ? '' : `, sequence ${seq}`}: ${what}`;
