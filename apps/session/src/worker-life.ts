import { type Bus } from '@cordboard/bus';
import { type Worker } from '@cordboard/engine';
import { type EventStore } from '@cordboard/event-store';
import { type Logger, LOGGER } from '@cordboard/runtime';
import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { type CustomTransportStrategy } from '@nestjs/microservices';
import { BUS, STORE, STRATEGY, WORKER } from './tokens.ts';

/** Starts the worker once it can be heard, and hands its sessions over before the connections close. */
@Injectable()
export class WorkerLife implements OnApplicationBootstrap, BeforeApplicationShutdown {
  #stopping = false;

  constructor(
    @Inject(BUS) private readonly bus: Bus,
    @Inject(STORE) private readonly store: EventStore,
    @Inject(WORKER) private readonly worker: Worker,
    @Inject(STRATEGY) private readonly strategy: CustomTransportStrategy,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.worker.start();
    void this.bus.closed.then((reason) => this.#onBusLost(reason));
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.#stopping = true;
    // First of all: who asks for an owner from now on has to find one that stays.
    await this.strategy.close();
    await this.worker.stop();
    await this.bus.drain();
    await this.store.close();
  }

  /** An owner that cannot be heard owns nothing: the process ends and the others take over (design K7). */
  #onBusLost(reason: string): void {
    if (this.#stopping) return;
    this.logger.error('the NATS connection is lost; ending', { reason });
    process.exit(1);
  }
}
