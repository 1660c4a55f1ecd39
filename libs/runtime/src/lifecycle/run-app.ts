import { type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import nodeProcess from 'node:process';
import { type DynamicModule, type INestApplication, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { loadConfig } from '../config/load-config.ts';
import { type RuntimeConfig } from '../config/runtime-config.ts';
import { createLogger } from '../logging/logger.ts';
import { toNestLogger } from '../logging/nest-logger.ts';
import { createHealth } from '../observability/health.ts';
import { createMetrics } from '../observability/metrics.ts';
import { ObservabilityModule } from '../observability/observability.module.ts';
import { RuntimeModule, type RuntimeParts } from '../runtime.module.ts';
import { systemClock } from '../system-clock.ts';
import { type ProcessPort } from './process-port.ts';
import { watchShutdown } from './shutdown.ts';
import { startWatchdog } from './watchdog.ts';

export interface AppOptions<C extends RuntimeConfig> {
  /** As the supervisor knows it: `edge`, `session`. */
  readonly name: string;
  readonly config: new () => C;
  readonly module: Type | DynamicModule;
  /** Port of the app's own HTTP server, 0 for any free one; without it there is none. */
  readonly port?: ((config: C) => number) | undefined;
  /** Ports that the app's own parts listen on once it has started, by purpose; said with those of HTTP and metrics. */
  readonly ports?: ((app: INestApplication) => Readonly<Record<string, number>>) | undefined;
  /** After the modules are made, before anything listens: adapters, pipes, `connectMicroservice`. */
  readonly setup?: ((app: INestApplication, config: C) => Promise<void> | void) | undefined;
  /** Time that an orderly end may take; default 10,000. */
  readonly shutdownMs?: number | undefined;
  /** How long the event loop may stand still before the process ends itself, in ms; 0 or absent: for ever. */
  readonly watchdogMs?: ((config: C) => number) | undefined;
  readonly process?: ProcessPort | undefined;
}

const SHUTDOWN_MS = 10_000;

const NEST_OPTIONS = { abortOnError: false, forceCloseConnections: true } as const;

class Root {}

type Ports = Readonly<Record<string, number>>;

const listen = async (app: INestApplication, port: number, host: string): Promise<number> => {
  await app.listen(port, host);
  return ((app.getHttpServer() as Server).address() as AddressInfo).port;
};

/** Health and metrics have a server of their own, up before the app and down after it. */
const startObservability = async (
  parts: RuntimeParts,
  config: RuntimeConfig,
  running: INestApplication[],
) => {
  const app = await NestFactory.create(ObservabilityModule.forRoot(parts), {
    ...NEST_OPTIONS,
    logger: false,
  });
  running.unshift(app);
  return listen(app, config.metricsPort, config.host);
};

const start = async <C extends RuntimeConfig>(
  { module, port, ports, setup }: AppOptions<C>,
  config: C,
  parts: RuntimeParts,
  running: INestApplication[],
): Promise<Ports> => {
  const started = parts.health.register('start', () => Promise.reject(new Error('starting')));
  const metrics = await startObservability(parts, config, running);
  const app = await NestFactory.create(
    { module: Root, imports: [RuntimeModule.forRoot(parts), module] },
    { ...NEST_OPTIONS, logger: toNestLogger(parts.logger) },
  );
  running.unshift(app);
  await setup?.(app, config);
  await app.startAllMicroservices();
  const http: Ports = port === undefined ? {} : { http: await listen(app, port(config), config.host) };
  await app.init();
  started();
  return { ...http, ...ports?.(app), metrics };
};

/** The usual reasons why an app cannot start, said so that one knows what to do. */
const readable = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  if ('code' in error && error.code === 'EADDRINUSE' && 'port' in error) {
    return `port ${String(error.port)} is in use; stop what uses it or set another port`;
  }
  return error.message;
};

/**
 * Runs an app until it is told to end: reads its configuration, starts its module with `RuntimeModule` around it,
 * says that it is ready (a log line, and `{ready: true, ports}` to a supervisor), and watches for the end. What
 * is wrong with the configuration is written to standard error, a line each; the exit code is 1 then.
 */
export const runApp = async <C extends RuntimeConfig>(options: AppOptions<C>): Promise<void> => {
  const process = options.process ?? nodeProcess;
  const loaded = loadConfig(options.config, process.env);
  if (!loaded.ok) {
    for (const problem of loaded.error) process.stderr.write(`${options.name}: ${problem}\n`);
    return process.exit(1);
  }
  const { config, warnings } = loaded.value;
  const logger = createLogger({ name: options.name, level: config.logLevel, format: config.logFormat });
  for (const warning of warnings) logger.warn(warning);
  const health = createHealth(systemClock);
  const parts: RuntimeParts = {
    config,
    logger,
    metrics: createMetrics(options.name),
    health,
    clock: systemClock,
  };
  const running: INestApplication[] = [];
  let stopWatchdog = (): void => undefined;
  watchShutdown({
    process,
    logger,
    clock: systemClock,
    limitMs: options.shutdownMs ?? SHUTDOWN_MS,
    stop: async () => {
      health.stopping();
      for (const app of running) await app.close();
      stopWatchdog();
    },
  });
  try {
    const ports = await start(options, config, parts, running);
    // Not before: loading an app takes long, and nobody waits for it yet.
    stopWatchdog = startWatchdog(options.watchdogMs?.(config) ?? 0);
    logger.info('ready', { ports });
    process.send?.({ ready: true, ports });
  } catch (error) {
    logger.error(`cannot start: ${readable(error)}`);
    logger.debug('why', { error });
    process.exit(1);
  }
};
