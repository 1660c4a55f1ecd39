import {
  Controller,
  type DynamicModule,
  Get,
  Header,
  Inject,
  Module,
  ServiceUnavailableException,
} from '@nestjs/common';
import { Registry } from 'prom-client';
import { HEALTH, METRICS } from '../tokens.ts';
import { type Health, type Readiness } from './health.ts';
import { type Metrics } from './metrics.ts';

@Controller()
class ObservabilityController {
  constructor(
    @Inject(HEALTH) private readonly health: Health,
    @Inject(METRICS) private readonly metrics: Metrics,
  ) {}

  /** The process runs and its event loop turns. */
  @Get('health/live')
  live(): { readonly status: 'ok' } {
    return { status: 'ok' };
  }

  /** It can do its work. */
  @Get('health/ready')
  async ready(): Promise<{ readonly status: 'ok' } & Omit<Readiness, 'ready'>> {
    const { ready, checks } = await this.health.ready();
    if (!ready) throw new ServiceUnavailableException({ status: 'unavailable', checks });
    return { status: 'ok', checks };
  }

  @Get('metrics')
  @Header('Content-Type', Registry.PROMETHEUS_CONTENT_TYPE)
  text(): Promise<string> {
    return this.metrics.text();
  }
}

/** `GET /health/live`, `GET /health/ready` and `GET /metrics`. */
@Module({})
export class ObservabilityModule {
  static forRoot(parts: { readonly health: Health; readonly metrics: Metrics }): DynamicModule {
    return {
      module: ObservabilityModule,
      controllers: [ObservabilityController],
      providers: [
        { provide: HEALTH, useValue: parts.health },
        { provide: METRICS, useValue: parts.metrics },
      ],
    };
  }
}
