import { type Context } from './context.ts';
import { type Disk, type Mode } from './row.ts';

export const MODES: readonly Mode[] = ['quick', 'full', 'long'];
export const DISKS: readonly Disk[] = ['as is', '+1 ms', '+4 ms'];

/** How much is measured, and on which disks. */
export type Settings = Pick<Context, 'mode' | 'rounds' | 'roundMs' | 'sessions' | 'disks'>;

const MEASURE: Readonly<Record<Mode, Omit<Settings, 'mode' | 'disks'>>> = {
  quick: { rounds: 3, roundMs: 1_000, sessions: [1, 64, 256] },
  full: { rounds: 5, roundMs: 2_000, sessions: [1, 8, 64, 256, 1_024] },
  long: { rounds: 7, roundMs: 3_000, sessions: [1, 8, 64, 256, 1_024] },
};

/** Seconds that all groups may take together: what is promised of a run, less what comes before and after them. */
export const RUN_S: Readonly<Record<Mode, number>> = { quick: 290, full: 1_780, long: 86_400 };

/** Why a disk is not run, for those that are not. */
export type AbsentDisks = Readonly<Partial<Record<Disk, string>>>;

export interface DiskChoice {
  readonly mode: Mode;
  /** Those that were asked for by name; none means all that the mode has. */
  readonly only: readonly Disk[];
  /** Why there is no slower disk on this machine; null when there is. */
  readonly noSlowDisk: string | null;
}

const whyNot = ({ mode, only, noSlowDisk }: DiskChoice, disk: Disk): string | null => {
  if (only.length > 0 && !only.includes(disk)) return 'left out by --only-disk';
  if (only.length === 0 && mode === 'quick' && disk !== 'as is') return 'only in the full run';
  return disk === 'as is' ? null : noSlowDisk;
};

/** The disks to be run, and why the others are not. */
export const chooseDisks = (
  choice: DiskChoice,
): { readonly disks: readonly Disk[]; readonly absent: AbsentDisks } => {
  const reasons = DISKS.map((disk) => [disk, whyNot(choice, disk)] as const);
  return {
    disks: DISKS.filter((_, n) => reasons[n]?.[1] === null),
    absent: Object.fromEntries(reasons.filter(([, why]) => why !== null)),
  };
};

export const settingsOf = (mode: Mode, disks: readonly Disk[]): Settings => ({
  mode,
  ...MEASURE[mode],
  disks,
});
