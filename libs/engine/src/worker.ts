import { type BusMessage } from '@cordboard/bus';
import { AdapterDirectory } from './adapter-directory.ts';
import { BindingHandler } from './binding-handler.ts';
import { createClaimHandler } from './claim-handler.ts';
import { CommandHandler } from './command-handler.ts';
import { createDispatch } from './dispatch.ts';
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
  /** Finishes what is decided, hands the sessions to the others and stops beating. */
  readonly stop: () => Promise<void>;
  readonly owned: () => number;
}

const BINDING_SWEEP_MS = 1_000;

export const createWorker = (ports: EnginePorts, settings: EngineSettings): Worker => {
  const adapters = new AdapterDirectory(ports);
  const bindings = new BindingHandler(ports);
  const commands = new CommandHandler(ports, adapters);
  const dispatch = createDispatch(commands, bindings, createSwitchEventHandler(ports));
  const ownership = new Ownership(ports, settings, dispatch);
  const prepares = new PrepareHandler(ports, settings, adapters, ownership);
  const takeover = createTakeover(ports, settings, ownership);
  let cancelSweep: (() => void) | null = null;

  const sweepBindings = (): void => {
    bindings.sweep(ownership.owned());
    cancelSweep = ports.clock.after(BINDING_SWEEP_MS, sweepBindings);
  };

  return {
    onPrepare: (message) => prepares.handle(message),
    onClaim: createClaimHandler(ports, ownership, dispatch),
    onHello: (message) => adapters.onHello(message),
    onStatus: (message) => adapters.onStatus(message),
    start: async () => {
      await takeover.start();
      sweepBindings();
    },
    stop: async () => {
      cancelSweep?.();
      await ownership.release();
      await takeover.stop();
    },
    owned: () => [...ownership.owned()].length,
  };
};
