export { Env, type EnvOptions } from './config/env.ts';
export { IsName } from './config/is-name.ts';
export { type Environment, type LoadedConfig, loadConfig } from './config/load-config.ts';
export { LogConfig } from './config/log-config.ts';
export { NatsConfig } from './config/nats-config.ts';
export { RuntimeConfig } from './config/runtime-config.ts';
export { type ProcessPort } from './lifecycle/process-port.ts';
export { type AppOptions, runApp } from './lifecycle/run-app.ts';
export {
  createLogger,
  type LogFormat,
  type Logger,
  type LoggerOptions,
  type LogLevel,
} from './logging/logger.ts';
export { toNestLogger } from './logging/nest-logger.ts';
export { createHealth, type Health, type HealthCheck, type Readiness } from './observability/health.ts';
export { createMetrics, type Labels, type MetricOptions, type Metrics } from './observability/metrics.ts';
export { ObservabilityModule } from './observability/observability.module.ts';
export { RuntimeModule, type RuntimeParts } from './runtime.module.ts';
export { systemClock } from './system-clock.ts';
export { systemIds } from './system-ids.ts';
export { CLOCK, HEALTH, LOGGER, METRICS } from './tokens.ts';
