import { type Clock } from '@cordboard/kernel';
import { type Logger } from '../logging/logger.ts';
import { type ProcessPort } from './process-port.ts';

export interface ShutdownOptions {
  readonly process: ProcessPort;
  readonly logger: Logger;
  readonly clock: Clock;
  readonly limitMs: number;
  /** Finishes what is under way; run once. */
  readonly stop: () => Promise<void>;
}

/**
 * Ends the process in order on SIGTERM, SIGINT or the loss of its supervisor: exit code 0, or 1 when `stop` fails
 * or outlasts `limitMs`; the same signal again ends it at once. Under a supervisor SIGINT is left to it: a Ctrl-C
 * reaches every process of a terminal, and the supervisor knows in which order they stop. An error that nobody
 * caught ends the process with code 1, because its state can no longer be trusted.
 */
export const watchShutdown = ({ process, logger, clock, limitMs, stop }: ShutdownOptions): void => {
  const supervised = process.send !== undefined;
  let asked: string | null = null;

  const begin = (why: string): void => {
    if (asked !== null) {
      if (asked === why && why !== 'disconnect') {
        logger.warn('stopping at once', { why });
        process.exit(1);
      }
      return;
    }
    asked = why;
    logger.info('stopping', { why });
    clock.after(limitMs, () => {
      logger.error('stopping took too long', { limitMs });
      process.exit(1);
    });
    stop().then(
      () => {
        logger.info('stopped');
        process.exit(0);
      },
      (error: unknown) => {
        logger.error('stopping failed', { error });
        process.exit(1);
      },
    );
  };

  const broken = (error: unknown): void => {
    logger.error('an error that nobody caught; ending', { error });
    process.exit(1);
  };

  process.on('SIGTERM', () => begin('SIGTERM'));
  process.on('SIGINT', () => {
    if (!supervised) begin('SIGINT');
  });
  if (supervised) process.on('disconnect', () => begin('disconnect'));
  process.on('uncaughtException', broken);
  process.on('unhandledRejection', broken);
};
