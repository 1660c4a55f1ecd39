import { type AdapterMetrics } from '@cordboard/adapter-sdk';
import { type Clock } from '@cordboard/kernel';
import { CLOCK, HEALTH, type Health, LOGGER, type Logger, METRICS, systemIds } from '@cordboard/runtime';
import { demoRoster, initialSwitch } from '@cordboard/switch-sim';
import { Module } from '@nestjs/common';
import { AgentsController } from './agents.controller.ts';
import { CallsController } from './calls.controller.ts';
import { type Carrier, carrierOver, CONNECT_BUS, type ConnectBus, natsOf } from './carrier.ts';
import { ContactsController } from './contacts.controller.ts';
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

/** The token of what carries the adapter. */
const CARRIER = Symbol('Carrier');

const openSwitch = (clock: Clock, { agents, maxCalls }: SimulatorConfig): SwitchDriver =>
  new SwitchDriver(clock, systemIds, initialSwitch({ roster: demoRoster(agents), maxCalls }));

const openCarrier = (
  connect: ConnectBus,
  config: SimulatorConfig,
  clock: Clock,
  logger: Logger,
  metrics: AdapterMetrics,
): Carrier => carrierOver(connect, config, { clock, logger, metrics });

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
    {
      provide: CARRIER,
      inject: [CONNECT_BUS, SimulatorConfig, CLOCK, LOGGER, ADAPTER_METRICS],
      useFactory: openCarrier,
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
