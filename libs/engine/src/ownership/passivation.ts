import { isPassive } from '@cordboard/domain';
import { type OwnedSession } from '../session/owned-session.ts';
import { type Ownership } from './ownership.ts';
import { type EnginePorts, type EngineSettings } from '../ports.ts';
import { type Snapshots } from '../session/snapshots.ts';

/** So many are put away in one go. */
const AT_ONCE = 200;

/**
 * Puts sessions away in which nobody is, works or waits (design K8). They stay open in the log, and whoever speaks
 * to one finds no owner and has it claimed.
 */
export const createPassivation = (
  { clock, metrics }: Pick<EnginePorts, 'clock' | 'metrics'>,
  { passivateMs = 0 }: Pick<EngineSettings, 'passivateMs'>,
  ownership: Ownership,
  snapshots: Snapshots,
): (() => Promise<void>) => {
  const isIdle = ({ runner, touchedAt, isDisposed }: OwnedSession): boolean =>
    !isDisposed && clock.now() - touchedAt >= passivateMs && runner.isAtRest && isPassive(runner.state);

  return async () => {
    if (passivateMs === 0) return;
    const idle = ownership.owned().filter(isIdle).slice(0, AT_ONCE);
    if (idle.length === 0) return;
    await snapshots.save(idle, 1);
    for (const session of idle) {
      if (!isIdle(session)) continue;
      ownership.drop(session);
      metrics.count('sessions_passivated');
    }
  };
};
