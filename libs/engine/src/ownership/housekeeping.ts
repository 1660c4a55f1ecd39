import { type BindingHandler } from '../commands/binding-handler.ts';
import { type Ownership } from './ownership.ts';
import { createPassivation } from './passivation.ts';
import { type EnginePorts, type EngineSettings } from '../ports.ts';
import { type Snapshots } from '../session/snapshots.ts';
import { type UnderWay } from './under-way.ts';

interface Parts {
  readonly ownership: Ownership;
  readonly bindings: BindingHandler;
  readonly snapshots: Snapshots;
  readonly underWay: UnderWay;
}

const EVERY_MS = 1_000;

/** What is looked after each second in the sessions that nobody speaks to. */
export const createHousekeeping = (
  ports: Pick<EnginePorts, 'store' | 'clock' | 'metrics'>,
  settings: EngineSettings,
  { ownership, bindings, snapshots, underWay }: Parts,
) => {
  const passivate = createPassivation(ports, settings, ownership, snapshots);
  let cancel: (() => void) | null = null;

  const sweep = (): void => {
    bindings.sweep(ownership.owned());
    void underWay.follow(passivate());
    ports.metrics.level('append_pressure', ports.store.pressure());
    cancel = ports.clock.after(EVERY_MS, sweep);
  };

  return { start: sweep, stop: (): void => cancel?.() };
};
