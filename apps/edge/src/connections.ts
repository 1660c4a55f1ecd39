import { type Bus } from '@cordboard/bus';
import { type EventStore } from '@cordboard/event-store';
import { type Clock } from '@cordboard/kernel';
import { type Health, type Logger } from '@cordboard/runtime';
import { type BeforeApplicationShutdown, type OnApplicationShutdown } from '@nestjs/common';

/** Browsers get their close frames in this time before the process ends. */
const FAREWELL_MS = 500;

/** The process's connections: watched while it runs, closed after everything else at its end. */
export class Connections implements BeforeApplicationShutdown, OnApplicationShutdown {
  #stopping = false;
  #lost = false;

  constructor(
    private readonly bus: Bus,
    private readonly store: EventStore,
    health: Health,
    private readonly logger: Logger,
    clock: Clock,
  ) {
    health.register('nats', () => {
      if (this.#lost) throw new Error('the connection is lost');
    });
    health.register('postgres', async () => void (await store.now()));
    void bus.closed.then((reason) => this.#onLost(reason, clock));
  }

  beforeApplicationShutdown(): void {
    this.#stopping = true;
  }

  async onApplicationShutdown(): Promise<void> {
    await this.bus.drain();
    await this.store.close();
  }

  /** A connection that is gone does not come back by itself; the supervisor starts the process afresh. */
  #onLost(reason: string, clock: Clock): void {
    this.#lost = true;
    if (this.#stopping) return;
    this.logger.error('the connection to NATS is lost; ending, to be started again', { reason });
    clock.after(FAREWELL_MS, () => process.exit(1));
  }
}
