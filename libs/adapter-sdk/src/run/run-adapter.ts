import nodeProcess from 'node:process';
import { connectNats } from '@cordboard/bus';
import { type Clock } from '@cordboard/kernel';
import { type Adapter, createAdapter } from '../adapter.ts';
import { type PeerOptions } from '../core/core-context.ts';
import { reconnectingNatsLink } from '../nats/reconnecting-link.ts';
import { type LinkTo } from '../peer.ts';
import { type AdapterLogger } from '../ports.ts';
import { tcpLink } from '../tcp/tcp-link.ts';
import { jsonLog } from './json-log.ts';
import { type Environment, type Reached, readEnvironment } from './read-environment.ts';

/** What an adapter needs of the process around it; `node:process` fits. */
export interface AdapterProcess {
  readonly env: Environment;
  readonly stderr: { readonly write: (text: string) => unknown };
  readonly on: (signal: 'SIGTERM' | 'SIGINT', listener: () => void) => unknown;
  readonly exit: (code: number) => void;
}

/** What an author has to give: a name and handlers. */
export interface RunOptions extends Pick<PeerOptions, 'processor' | 'handlers' | 'status' | 'metrics'> {
  /** Closes the author's own connections, after the adapter has drained. */
  readonly close?: (() => void | Promise<void>) | undefined;
  /** Default: JSON lines on standard error. */
  readonly logger?: AdapterLogger | undefined;
  /** Default: the process that runs. */
  readonly process?: AdapterProcess | undefined;
}

const systemClock: Clock = {
  now: () => Date.now(),
  after: (delayMs, task) => {
    const timer = setTimeout(task, delayMs);
    return () => clearTimeout(timer);
  },
};

const linkFor = (
  { by, ...where }: Reached,
  ports: Pick<PeerOptions, 'clock' | 'logger' | 'metrics'>,
): LinkTo => {
  if (by.carrier === 'tcp') return tcpLink({ ...by, ...ports, processor: where.processor });
  const onError = (error: unknown, subject: string): void =>
    ports.logger.error('a message could not be handled', { error, subject });
  const connect = () => connectNats({ ...by, name: `${where.processor} ${where.instance}`, onError });
  return reconnectingNatsLink({ ...where, ...ports, connect });
};

/** Ends the process in order at the first signal, at once at the second. */
const endOnSignal = (process: AdapterProcess, logger: AdapterLogger, end: () => Promise<void>): void => {
  let isEnding = false;
  const onSignal = (): void => {
    if (isEnding) return process.exit(1);
    isEnding = true;
    logger.info('the adapter is stopping');
    end().then(
      () => process.exit(0),
      (error: unknown) => {
        logger.error('the adapter could not stop in order', { error });
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
};

/**
 * Runs an adapter as a process of its own. It reaches Cordboard as the environment says (`CORDBOARD_CTI_URL`, with
 * `_TOKEN`, `_CA`, `_CERT` and `_KEY`; or `CORDBOARD_NATS_URL` and `CORDBOARD_NATS_CREDS`; the first wins; and
 * `CORDBOARD_TENANT`, `CORDBOARD_PROCESSOR`, `CORDBOARD_INSTANCE`), comes back when the connection is lost, and
 * drains on SIGTERM and SIGINT. Raises at once, with words for each variable that is wrong.
 */
export const runAdapter = (options: RunOptions): Adapter => {
  const { process = nodeProcess, metrics, close } = options;
  const clock = systemClock;
  const logger = options.logger ?? jsonLog((line) => process.stderr.write(line), clock.now);
  const reached = readEnvironment(process.env, options.processor);
  const ports = { clock, logger, metrics };
  const link = linkFor(reached, ports);
  const { handlers, status } = options;
  const adapter = createAdapter({ ...ports, handlers, status, processor: reached.processor, link });
  endOnSignal(process, logger, async () => {
    await adapter.stop();
    await close?.();
  });
  const { tenant, processor, instance, by } = reached;
  logger.info('the adapter starts', { tenant, processor, instance, carrier: by.carrier });
  adapter.start();
  return adapter;
};
