import { type Announced } from '../harness/context.ts';

const slower = (id: string, title: string): Announced => ({ id, title, unit: 'x', better: 'lower' });

/** Shares of the engine's saturation at which the open loop runs, in percent. */
export const LOADS = [25, 50, 75] as const;
export const QUICK_LOADS = [50] as const;

/** The rows of this group, named once for those who fill them in. */
export const ANNOUNCED = {
  p50: (sessions: number): Announced => ({
    ...slower(
      `command/p50@${sessions}`,
      `command p50 / raw chain of the same hops, ${sessions} session${sessions === 1 ? '' : 's'}`,
    ),
    target: 1.25,
    stretch: 1.1,
  }),
  saturated: {
    id: 'command/saturated',
    title: 'saturated commands/s / raw chain, each at its best number of sessions',
    unit: 'x',
    better: 'higher',
    target: 0.75,
    stretch: 0.9,
  } satisfies Announced,
  twoWorkers: {
    id: 'command/two-workers',
    title: 'the same with two session workers',
    unit: 'x',
    better: 'higher',
  } satisfies Announced,
  open: (load: number): Announced =>
    slower(
      `command/open@${load}`,
      `command p50 / raw chain, open loop at ${load} % of the engine's saturation`,
    ),
  openTail: (load: number): Announced =>
    slower(
      `command/open-p99@${load}`,
      `command p99 / raw chain, open loop at ${load} % of the engine's saturation`,
    ),
  subscriber: {
    ...slower('commit-to-subscriber/p50', 'commit to subscriber p50 / NATS one-way p50 after a commit'),
    target: 1.5,
    stretch: 1.2,
  } satisfies Announced,
} as const;
