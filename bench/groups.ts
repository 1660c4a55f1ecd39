import { calls } from './calls/calls.ts';
import { chain } from './chain/chain.ts';
import { edge } from './edge/edge.ts';
import { failover } from './failover/failover.ts';
import { gateway } from './gateway/gateway.ts';
import { type Group } from './harness/context.ts';
import { disk } from './harness/disk/commit.ts';
import { memory } from './memory/memory.ts';
import { micro } from './micro/micro.ts';
import { replay } from './replay/replay.ts';
import { resume } from './resume/resume.ts';
import { rolling } from './rolling/rolling.ts';
import { scale } from './scale/scale.ts';
import { store } from './store/store.ts';

/** Everything that is measured, in the order of the table. */
export const GROUPS: readonly Group[] = [
  disk,
  store,
  chain,
  replay,
  failover,
  rolling,
  resume,
  edge,
  memory,
  micro,
  gateway,
  calls,
  scale,
];
