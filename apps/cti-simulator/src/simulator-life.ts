import { type Bus } from '@cordboard/bus';
import { LOGGER, type Logger } from '@cordboard/runtime';
import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { BUS } from './carrier.ts';
import { SIMULATOR_ADAPTER, type SimulatorAdapter } from './simulator-adapter.ts';
import { SwitchDriver } from './switch-driver.ts';

/** The token of what ends the process at once. */
export const END_PROCESS = Symbol('EndProcess');

/** Starts the adapter with the process and ends it in order; a lost connection to NATS ends the process. */
@Injectable()
export class SimulatorLife implements OnApplicationBootstrap, OnApplicationShutdown {
  #stopping = false;

  constructor(
    @Inject(BUS) private readonly bus: Bus | null,
    @Inject(SIMULATOR_ADAPTER) private readonly adapter: SimulatorAdapter,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(END_PROCESS) private readonly endProcess: (code: number) => void,
    private readonly driver: SwitchDriver,
  ) {}

  onApplicationBootstrap(): void {
    void this.bus?.closed.then((reason) => this.#lost(reason));
    this.adapter.start();
  }

  async onApplicationShutdown(): Promise<void> {
    this.#stopping = true;
    await this.adapter.stop();
    this.driver.stop();
    await this.bus?.drain();
  }

  // Sessions and calls of this process are unknown to whoever comes next, so nothing is worth keeping.
  #lost(reason: string): void {
    if (this.#stopping) return;
    this.logger.error(`the connection to NATS was lost (${reason}); ending`);
    this.endProcess(1);
  }
}
