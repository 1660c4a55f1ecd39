import { calls } from './calls/calls.ts';
import { failover } from './failover/failover.ts';
import { gateway } from './gateway/gateway.ts';
import { type Group } from './harness/context.ts';
import { fromOutcome } from './harness/from-outcome.ts';
import { memory } from './memory/memory.ts';
import { micro } from './micro/micro.ts';
import { resume } from './resume/resume.ts';
import { rolling } from './rolling/rolling.ts';
import { scale } from './scale/scale.ts';

const collect = (): void => globalThis.gc?.();

/** Everything that is measured, in the order of the table. */
export const GROUPS: readonly Group[] = [
  fromOutcome('micro', 'validation, normalisation and translation of every command', () =>
    micro({ rounds: 50, repeats: 100, commands: 400 }),
  ),
  fromOutcome('memory', 'memory of an idle session', () =>
    memory({ batches: 5, sessionsEach: 400, teams: 5, working: 6, commandsEach: 272, collect }),
  ),
  fromOutcome('gateway', 'an adapter behind the TCP gateway against one on NATS', () =>
    gateway({ rounds: 2_000 }),
  ),
  fromOutcome('calls', 'calls up at once in the simulated switch', () => calls({ calls: 5_000 })),
  fromOutcome('failover', 'sessions of an owner that was killed', () =>
    failover({ sessions: 10_000, asked: 100 }),
  ),
  fromOutcome('resume', 'browsers that all come back at once', () =>
    resume({ browsers: 1_000, missed: 50, waves: 5 }),
  ),
  fromOutcome('rolling', 'commands while every process is replaced', () =>
    rolling({ agents: 50, paceMs: 400, restMs: 3_000 }),
  ),
  scale,
];
