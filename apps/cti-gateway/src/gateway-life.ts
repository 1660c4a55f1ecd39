import { HEALTH, type Health } from '@cordboard/runtime';
import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { type BusWatch } from './bus-watch.ts';
import { type Gateway } from './gateway.ts';
import { BUS_WATCH, GATEWAY } from './tokens.ts';

/** Opens the door once NATS is there, and closes it in order. */
@Injectable()
export class GatewayLife implements OnApplicationBootstrap, OnApplicationShutdown {
  #port = 0;

  constructor(
    @Inject(BUS_WATCH) private readonly watch: BusWatch,
    @Inject(GATEWAY) private readonly gateway: Gateway,
    @Inject(HEALTH) private readonly health: Health,
  ) {}

  /** Where adapters connect. */
  get port(): number {
    return this.#port;
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.watch.start();
    this.health.register('nats', this.watch.check);
    this.#port = await this.gateway.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.gateway.stop();
    await this.watch.stop();
  }
}
