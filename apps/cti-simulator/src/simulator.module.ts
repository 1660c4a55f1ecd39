import nodeProcess from 'node:process';
import { type Clock } from '@cordboard/kernel';
import { CLOCK, HEALTH, LOGGER, METRICS, systemIds } from '@cordboard/runtime';
import { Module } from '@nestjs/common';
import { BUS, openBus } from './bus-connection.ts';
import { AgentsController } from './agents.controller.ts';
import { CallsController } from './calls.controller.ts';
import { ContactsController } from './contacts.controller.ts';
import { ADAPTER, ADAPTER_METRICS, countAdapter, joinSwitch } from './simulator-adapter.ts';
import { SimulatorConfig } from './simulator-config.ts';
import { END_PROCESS, SimulatorLife } from './simulator-life.ts';
import { SwitchDriver } from './switch-driver.ts';

/** The simulated switch, its control API and its adapter. */
@Module({
  controllers: [AgentsController, CallsController, ContactsController],
  providers: [
    { provide: BUS, inject: [SimulatorConfig, LOGGER, HEALTH], useFactory: openBus },
    {
      provide: SwitchDriver,
      inject: [CLOCK],
      useFactory: (clock: Clock) => new SwitchDriver(clock, systemIds),
    },
    { provide: ADAPTER_METRICS, inject: [METRICS], useFactory: countAdapter },
    {
      provide: ADAPTER,
      inject: [BUS, SwitchDriver, SimulatorConfig, LOGGER, ADAPTER_METRICS],
      useFactory: joinSwitch,
    },
    { provide: END_PROCESS, useValue: (code: number) => nodeProcess.exit(code) },
    SimulatorLife,
  ],
})
export class SimulatorModule {}
