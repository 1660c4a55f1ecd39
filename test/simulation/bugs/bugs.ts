import { type Bug } from './bug.ts';
import { duplicatesRunAgain } from './duplicates-run-again.ts';
import { fenceRemoved } from './fence-removed.ts';
import { laneReused } from './lane-reused.ts';
import { mergeWithoutContiguity } from './merge-without-contiguity.ts';
import { noBeacon } from './no-beacon.ts';
import { noQueueGroup } from './no-queue-group.ts';
import { onConflictDoNothing } from './on-conflict-do-nothing.ts';
import { publishBeforeCommit } from './publish-before-commit.ts';
import { silentResubscribe } from './silent-resubscribe.ts';
import { snapshotWithoutHash } from './snapshot-without-hash.ts';

/** The ten bugs that the checker must see, or it is worth nothing. */
export const BUGS: readonly Bug[] = [
  noQueueGroup,
  onConflictDoNothing,
  publishBeforeCommit,
  fenceRemoved,
  silentResubscribe,
  duplicatesRunAgain,
  noBeacon,
  mergeWithoutContiguity,
  laneReused,
  snapshotWithoutHash,
];

export const bugNamed = (name: string): Bug => {
  const bug = BUGS.find((known) => known.name === name);
  if (bug !== undefined) return bug;
  throw new Error(`there is no bug ${name}; there are ${BUGS.map((known) => known.name).join(', ')}`);
};
