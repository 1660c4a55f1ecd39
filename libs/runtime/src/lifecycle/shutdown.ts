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
 * or outlasts `limitMs`; a second signal ends it at once. An error that nobody caught ends it with code 1, because
 * its state can no longer be trusted.
 */
export const watchShutdown = ({ process, logger, clock, limitMs, stop }: ShutdownOptions): void => {
  let stopping = false;

  const begin = (why: string): void => {
    stopping = true;
    logger.info('stopping', { why });
    const cancelLimit = clock.after(limitMs, () => {
      logger.error('stopping took too long', { limitMs });
      process.exit(1);
    });
    const end = (code: number): void => {
      cancelLimit();
      process.exit(code);
    };
    stop().then(
      () => {
        logger.info('stopped');
        end(0);
      },
      (error: unknown) => {
        logger.error('stopping failed', { error });
        end(1);
      },
    );
  };

  const signalled = (signal: string) => (): void => {
    if (!stopping) return begin(signal);
    logger.warn('stopping at once', { why: signal });
    process.exit(1);
  };

  const broken = (error: unknown): void => {
    logger.error('an error that nobody caught; ending', { error });
    process.exit(1);
  };

  process.on('SIGTERM', signalled('SIGTERM'));
  process.on('SIGINT', signalled('SIGINT'));
  process.on('disconnect', () => {
    if (!stopping) begin('the supervisor is gone');
  });
  process.on('uncaughtException', broken);
  process.on('unhandledRejection', broken);
};
