import { HIGHEST_VERSION } from '@cordboard/translation';
import { type Random } from './random.ts';
import { type WorkerSettings } from './worker.ts';

const PATIENT = { resumeMs: 120_000, whenLapsed: 'keep', unboundMs: 300_000 } as const;

/** What the houses of the field choose: most are patient, some let go of desktops and sessions soon. */
export const houseOf = (random: Random): WorkerSettings => {
  const hasty = random.chance(0.4);
  const resumeMs = random.between(100, 1_500);
  const whenLapsed = random.pick(['keep', 'not-ready', 'log-out'] as const);
  const passivateMs = random.chance(0.7) ? random.between(100, 1_000) : 0;
  const reconcileMs = random.chance(0.2) ? random.between(1_000, 10_000) : 0;
  return { policy: hasty ? { ...PATIENT, resumeMs, whenLapsed } : PATIENT, passivateMs, reconcileMs };
};

/** In one fleet of five the first worker is of the release before. */
export const readsOf = (random: Random, workers: number): readonly number[] => {
  const mixed = random.chance(0.2);
  return Array.from({ length: workers }, (_, index) => HIGHEST_VERSION - (mixed && index === 0 ? 1 : 0));
};
