import { type AdapterMetrics } from '@cordboard/adapter-sdk';
import { type Clock } from '@cordboard/kernel';
import { CLOCK, HEALTH, type Health, LOGGER, type Logger, METRICS, systemIds } from '@cordboard/runtime';
import { demoRoster, initialSwitch } from '@cordboard/switch-sim';
import { Module } from '@nestjs/common';
import { AgentsController } from './agents.controller.ts';
import { CallsController } from './calls.controller.ts';
import { type Carrier, carrierOver, CONNECT_BUS, natsOf, type Speaking } from './carrier.ts';
import { ContactsController } from './contacts.controller.ts';
import { appendingTo, createEffectLog, type EffectLog } from './effect-log.ts';
import { Faults } from './faults/faults.ts';
import { FaultsController } from './faults/faults.controller.ts';
import { Outage } from './outage.ts';
import {
  ADAPTER_METRICS,
  countAdapter,
  joinSwitch,
  SIMULATOR_ADAPTER,
  type SimulatorAdapter,
} from './simulator-adapter.ts';
import { SimulatorConfig } from './simulator-config.ts';
import { SimulatorLife } from './simulator-life.ts';
import { SwitchController } from './switch.controller.ts';
import { SwitchDriver } from './switch-driver.ts';

/** The token of what is written down of the adapter. */
const EFFECT_LOG = Symbol('EffectLog');

/** The token of what the adapter tells the time, writes and counts with. */
const SPEAKING = Symbol('Speaking');

/** The token of what carries the adapter. */
const CARRIER = Symbol('Carrier');

const openSwitch = (clock: Clock, { agents, maxCalls }: SimulatorConfig): SwitchDriver =>
  new SwitchDriver(clock, systemIds, initialSwitch({ roster: demoRoster(agents), maxCalls }));

const openEffectLog = (
  { logFile, instance }: SimulatorConfig,
  clock: Clock,
  logger: Logger,
): EffectLog | undefined =>
  logFile === undefined
    ? undefined
    : createEffectLog({ instance, clock, write: appendingTo(logFile, logger) });

const openSpeaking = (
  clock: Clock,
  logger: Logger,
  metrics: AdapterMetrics,
  effects: EffectLog | undefined,
): Speaking => ({
  clock,
  logger,
  metrics,
  effects,
});

const openAdapter = (
  driver: SwitchDriver,
  outage: Outage,
  faults: Faults,
  carrier: Carrier,
  health: Health,
): SimulatorAdapter => {
  const adapter = joinSwitch({ driver, outage, faults, carrier });
  health.register('bridge', () =>
    adapter.health().connected ? undefined : Promise.reject(new Error('not connected to Cordboard')),
  );
  return adapter;
};

/** The simulated switch, its control API and its adapter. */
@Module({
  controllers: [AgentsController, CallsController, ContactsController, FaultsController, SwitchController],
  providers: [
    { provide: CONNECT_BUS, inject: [SimulatorConfig, LOGGER], useFactory: natsOf },
    { provide: SwitchDriver, inject: [CLOCK, SimulatorConfig], useFactory: openSwitch },
    { provide: Faults, inject: [CLOCK], useFactory: (clock: Clock) => new Faults(clock) },
    { provide: Outage, inject: [CLOCK], useFactory: (clock: Clock) => new Outage(clock) },
    { provide: ADAPTER_METRICS, inject: [METRICS], useFactory: countAdapter },
    { provide: EFFECT_LOG, inject: [SimulatorConfig, CLOCK, LOGGER], useFactory: openEffectLog },
    { provide: SPEAKING, inject: [CLOCK, LOGGER, ADAPTER_METRICS, EFFECT_LOG], useFactory: openSpeaking },
    {
      provide: CARRIER,
      inject: [CONNECT_BUS, SimulatorConfig, SPEAKING],
      useFactory: carrierOver,
    },
    {
      provide: SIMULATOR_ADAPTER,
      inject: [SwitchDriver, Outage, Faults, CARRIER, HEALTH],
      useFactory: openAdapter,
    },
    SimulatorLife,
  ],
})
export class SimulatorModule {}
