import { type BusMessage } from '@cordboard/bus';
import { AdapterDirectory } from './adapter-directory.ts';
import { BindingHandler } from './binding-handler.ts';
import { createClaimHandler } from './claim-handler.ts';
import { CommandHandler } from './command-handler.ts';
import { createDispatch, type Dispatch } from './dispatch.ts';
import { LinkWatch } from './link-watch.ts';
import { createLogDuties } from './log-duties.ts';
import { createLogClock } from './log-clock.ts';
import { Ownership, type OwnershipHooks } from './ownership.ts';
import { type EnginePorts, type EngineSettings } from './ports.ts';
import { PrepareHandler } from './prepare-handler.ts';
import { createSwitchEventHandler } from './switch-event-handler.ts';
import { createTakeover } from './takeover.ts';
import { TimerSurveys } from './timer-surveys.ts';

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

/** What follows a session from the moment on at which this worker has it until it has it no more. */
const watchers = (dispatch: Dispatch, watch: LinkWatch, surveys: TimerSurveys): OwnershipHooks => ({
  dispatch,
  links: {
    isAway: watch.isAway,
    changed: watch.changed,
    forgotten: watch.forgotten,
    admit: watch.admit,
    dropped: (session) => {
      watch.dropped(session);
      surveys.dropped(session);
    },
  },
  adopted: (session) => {
    watch.adopted(session);
    surveys.adopted(session);
  },
});

export const createWorker = (given: EnginePorts, settings: EngineSettings): Worker => {
  const clock = createLogClock(given.clock, given.store.now);
  const ports: EnginePorts = { ...given, clock };
  const adapters = new AdapterDirectory(ports);
  const bindings = new BindingHandler(ports);
  const commands = new CommandHandler(ports, adapters);
  const watch = new LinkWatch(ports, settings, adapters);
  const surveys = new TimerSurveys(ports, settings, watch.forgotten);
  const onSwitchEvent = createSwitchEventHandler(ports, (session) => watch.eventsLost(session));
  const dispatch = createDispatch(ports, { commands, bindings, onSwitchEvent });
  const ownership = new Ownership(ports, settings, watchers(dispatch, watch, surveys));
  const prepares = new PrepareHandler(ports, settings, adapters, ownership);
  const onClaim = createClaimHandler(ports, ownership, dispatch);
  const takeover = createTakeover({ ...ports, clock }, settings, ownership);
  const duties = createLogDuties(ports, settings.workerId, () => true);
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
      watch.start(() => ownership.owned());
      await takeover.start();
      await duties.start();
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
      watch.stop();
      await Promise.all([duties.stop(), ownership.release()]);
      await takeover.stop();
      duties.leave();
    },
    owned: () => ownership.owned().length,
  };
};
