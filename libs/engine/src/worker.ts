import { type BusMessage } from '@cordboard/bus';
import { AdapterDirectory } from './adapter-directory.ts';
import { BindingHandler } from './binding-handler.ts';
import { createClaimHandler } from './claim-handler.ts';
import { CommandHandler } from './command-handler.ts';
import { createDispatch } from './dispatch.ts';
import { createLogClock } from './log-clock.ts';
import { Ownership } from './ownership.ts';
import { type EnginePorts, type EngineSettings } from './ports.ts';
import { PrepareHandler } from './prepare-handler.ts';
import { createSwitchEventHandler } from './switch-event-handler.ts';
import { createTakeover } from './takeover.ts';

/** A session worker: what it does with each kind of message, and its life. */
export interface Worker {
  readonly onPrepare: (message: BusMessage) => Promise<void>;
  readonly onClaim: (message: BusMessage) => Promise<void>;
  readonly onHello: (message: BusMessage) => void;
  readonly onStatus: (message: BusMessage) => void;
  readonly start: () => Promise<void>;
  /** Called when nothing new is heard: finishes what is under way, hands the sessions over and stops beating. */
  readonly stop: () => Promise<void>;
  readonly owned: () => number;
}

const BINDING_SWEEP_MS = 1_000;
/** What is under way when the worker is told to stop may take so long. */
const FAREWELL_MS = 4_000;

export const createWorker = (given: EnginePorts, settings: EngineSettings): Worker => {
  const clock = createLogClock(given.clock, given.store.now);
  const ports: EnginePorts = { ...given, clock };
  const adapters = new AdapterDirectory(ports);
  const bindings = new BindingHandler(ports);
  const commands = new CommandHandler(ports, adapters);
  const onSwitchEvent = createSwitchEventHandler(ports);
  const dispatch = createDispatch(ports, { commands, bindings, onSwitchEvent });
  const ownership = new Ownership(ports, settings, dispatch);
  const prepares = new PrepareHandler(ports, settings, adapters, ownership);
  const onClaim = createClaimHandler(ports, ownership, dispatch);
  const takeover = createTakeover({ ...ports, clock }, settings, ownership);
  const underWay = new Set<Promise<void>>();
  let cancelSweep: (() => void) | null = null;

  const follow = (handling: Promise<void>): Promise<void> => {
    const followed = handling.finally(() => underWay.delete(followed));
    underWay.add(followed);
    return followed;
  };

  const sweepBindings = (): void => {
    bindings.sweep(ownership.owned());
    cancelSweep = ports.clock.after(BINDING_SWEEP_MS, sweepBindings);
  };

  return {
    onPrepare: (message) => follow(prepares.handle(message)),
    onClaim: (message) => follow(onClaim(message)),
    onHello: (message) => adapters.onHello(message),
    onStatus: (message) => adapters.onStatus(message),
    start: async () => {
      ownership.start();
      await takeover.start();
      sweepBindings();
    },
    stop: async () => {
      let cancelPatience = (): void => undefined;
      const patience = new Promise<void>((resolve) => {
        cancelPatience = ports.clock.after(FAREWELL_MS, resolve);
      });
      await Promise.race([Promise.allSettled(underWay), patience]);
      cancelPatience();
      cancelSweep?.();
      await ownership.release();
      await takeover.stop();
    },
    owned: () => ownership.owned().length,
  };
};
