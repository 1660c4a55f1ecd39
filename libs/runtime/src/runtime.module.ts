import { type DynamicModule, Module } from '@nestjs/common';
import { type Clock } from '@cordboard/kernel';
import { type Logger } from './logging/logger.ts';
import { type Health } from './observability/health.ts';
import { type Metrics } from './observability/metrics.ts';
import { CLOCK, HEALTH, LOGGER, METRICS } from './tokens.ts';

export interface RuntimeParts {
  /** Provided under its class. */
  readonly config: object;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly health: Health;
  readonly clock: Clock;
}

/** Gives every module of an app its configuration, logger, metrics, health and clock. */
@Module({})
export class RuntimeModule {
  static forRoot({ config, logger, metrics, health, clock }: RuntimeParts): DynamicModule {
    const providers = [
      { provide: config.constructor, useValue: config },
      { provide: LOGGER, useValue: logger },
      { provide: METRICS, useValue: metrics },
      { provide: HEALTH, useValue: health },
      { provide: CLOCK, useValue: clock },
    ];
    return { module: RuntimeModule, global: true, providers, exports: providers };
  }
}
