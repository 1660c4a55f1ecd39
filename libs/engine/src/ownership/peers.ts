import { onBeacon, type Subscription } from '@cordboard/bus';
import { type EnginePorts } from '../ports.ts';

/** The other workers, as far as their beacons tell (design K12). */
export interface Peers {
  /** `onLeaving`: another worker hands its sessions over. */
  readonly start: (onLeaving: (worker: string) => void) => void;
  readonly stop: () => void;
  /** Another worker has said within the last second that its log works. */
  readonly isAnyAtWork: () => boolean;
}

const AT_WORK_MS = 1_000;

export const createPeers = ({ bus, clock }: Pick<EnginePorts, 'bus' | 'clock'>, workerId: string): Peers => {
  let heardAt = -Infinity;
  let beacons: Subscription | null = null;
  return {
    isAnyAtWork: () => clock.now() - heardAt <= AT_WORK_MS,
    start: (onLeaving) => {
      beacons = onBeacon(bus, ({ worker, leaving }) => {
        if (worker === workerId) return;
        if (leaving) onLeaving(worker);
        else heardAt = clock.now();
      });
    },
    stop: () => beacons?.unsubscribe(),
  };
};
