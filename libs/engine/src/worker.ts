import { type BusMessage } from '@cordboard/bus';
import { AdapterDirectory } from './switch/adapter-directory.ts';
import { BindingHandler } from './commands/binding-handler.ts';
import { createClaimHandler } from './ownership/claim-handler.ts';
import { CommandHandler } from './commands/command-handler.ts';
import { createDispatch, type Dispatch } from './session/dispatch.ts';
import { createHousekeeping } from './ownership/housekeeping.ts';
import { LinkWatch } from './switch/link-watch.ts';
import { createLogClock } from './log/log-clock.ts';
import { createLogDuties } from './log/log-duties.ts';
import { LogHealth } from './ownership/log-health.ts';
import { Ownership, type OwnershipHooks } from './ownership/ownership.ts';
import { createPeers } from './ownership/peers.ts';
import { type EnginePorts, type EngineSettings } from './ports.ts';
import { PrepareHandler } from './commands/prepare-handler.ts';
import { createSnapshots, type Snapshots } from './session/snapshots.ts';
import { createSwitchEventHandler } from './switch/switch-event-handler.ts';
import { createTakeover } from './ownership/takeover.ts';
import { TimerSurveys } from './switch/timer-surveys.ts';
import { createUnderWay } from './ownership/under-way.ts';

/** A session worker: what it does with each kind of message, and its life. */
export interface Worker {
  readonly onPrepare: (message: BusMessage) => Promise<void>;
  readonly onClaim: (message: BusMessage) => Promise<void>;
  /** Whether the sender of a claim that has just arrived gets a receipt before its turn. */
  readonly mayReceiveClaim: (message: BusMessage) => boolean;
  readonly onHello: (message: BusMessage) => void;
  readonly onStatus: (message: BusMessage) => void;
  readonly start: () => Promise<void>;
  /** Called when nothing new is heard: finishes what is under way, hands the sessions over and stops beating. */
  readonly stop: () => Promise<void>;
  readonly owned: () => number;
}

/** What is under way when the worker is told to stop may take so long. */
const FAREWELL_MS = 3_000;
/** A session that is handed over with fewer new rows than this is folded as quickly without a fresh cache. */
const FAREWELL_ROWS = 16;

interface Watchers {
  readonly dispatch: Dispatch;
  readonly works: () => boolean;
  readonly watch: LinkWatch;
  readonly surveys: TimerSurveys;
  readonly snapshots: Snapshots;
}

/** What follows a session from the moment on at which this worker has it until it has it no more. */
const hooksOf = ({ dispatch, works, watch, surveys, snapshots }: Watchers): OwnershipHooks => ({
  dispatch,
  works,
  links: {
    isAway: watch.isAway,
    changed: (session) => {
      watch.changed(session);
      snapshots.changed(session);
    },
    forgotten: watch.forgotten,
    admit: watch.admit,
    dropped: (session) => {
      watch.dropped(session);
      surveys.dropped(session);
      snapshots.dropped(session);
    },
  },
  adopted: (session) => {
    watch.adopted(session);
    surveys.adopted(session);
    snapshots.changed(session);
  },
});

export const createWorker = (given: EnginePorts, settings: EngineSettings): Worker => {
  const health = new LogHealth(given);
  const { works } = health;
  const clock = createLogClock(given.clock, given.store.now);
  const ports: EnginePorts = { ...given, store: health.store, clock };
  const adapters = new AdapterDirectory(ports);
  const bindings = new BindingHandler(ports);
  const commands = new CommandHandler(ports, adapters);
  const watch = new LinkWatch(ports, settings, adapters);
  const surveys = new TimerSurveys(ports, settings, watch.forgotten);
  const snapshots = createSnapshots(ports);
  const onSwitchEvent = createSwitchEventHandler(ports, (session) => watch.eventsLost(session));
  const dispatch = createDispatch(ports, { commands, bindings, onSwitchEvent });
  const ownership = new Ownership(ports, settings, hooksOf({ dispatch, works, watch, surveys, snapshots }));
  const prepares = new PrepareHandler(ports, settings, { adapters, ownership, works });
  const peers = createPeers(ports, settings.workerId);
  const claims = createClaimHandler(ports, ownership, dispatch, { works, isAnyAtWork: peers.isAnyAtWork });
  const takeover = createTakeover({ ...ports, clock }, settings, ownership, works);
  const duties = createLogDuties(ports, settings.workerId, { works, isTakingOver: ownership.isTakingOver });
  const underWay = createUnderWay(clock);
  const housekeeping = createHousekeeping(ports, settings, { ownership, bindings, snapshots, underWay });

  return {
    onPrepare: (message) => underWay.follow(prepares.handle(message)),
    onClaim: (message) => underWay.follow(claims.handle(message)),
    mayReceiveClaim: claims.mayReceive,
    onHello: (message) => adapters.onHello(message),
    onStatus: (message) => adapters.onStatus(message),
    start: async () => {
      health.start({
        onDown: () => ownership.giveUpAll(),
        onUp: () => {
          ownership.resume();
          takeover.hurry();
        },
      });
      peers.start(() => takeover.hurry());
      ownership.start();
      watch.start(() => ownership.owned());
      await takeover.start();
      await duties.start();
      housekeeping.start();
    },
    stop: async () => {
      takeover.rest();
      await underWay.end(FAREWELL_MS);
      housekeeping.stop();
      watch.stop();
      void underWay.follow(snapshots.save(ownership.owned(), FAREWELL_ROWS));
      await underWay.end(FAREWELL_MS);
      snapshots.stop();
      await Promise.all([duties.stop(), ownership.release()]);
      await takeover.stop();
      duties.leave();
      peers.stop();
      health.stop();
    },
    owned: () => ownership.owned().length,
  };
};
