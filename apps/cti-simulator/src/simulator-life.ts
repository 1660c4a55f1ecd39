import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { SIMULATOR_ADAPTER, type SimulatorAdapter } from './simulator-adapter.ts';
import { SwitchDriver } from './switch-driver.ts';

/** Starts the adapter with the process and ends it in order. */
@Injectable()
export class SimulatorLife implements OnApplicationBootstrap, OnApplicationShutdown {
  constructor(
    @Inject(SIMULATOR_ADAPTER) private readonly adapter: SimulatorAdapter,
    private readonly driver: SwitchDriver,
  ) {}

  onApplicationBootstrap(): void {
    this.adapter.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.adapter.stop();
    this.driver.stop();
  }
}
