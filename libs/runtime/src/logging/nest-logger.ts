import { type LoggerService } from '@nestjs/common';
import { type Logger } from './logger.ts';

/** Parts of Nest that narrate their start line by line. */
const CHATTY = new Set([
  'InstanceLoader',
  'NestApplication',
  'NestFactory',
  'NestMicroservice',
  'RouterExplorer',
  'RoutesResolver',
  'WebSocketsController',
]);

const textOf = (message: unknown): string => {
  if (message instanceof Error) return message.message;
  return typeof message === 'string' ? message : JSON.stringify(message);
};

/** Nest gives the place last, and before it, for errors, the stack. */
const contextOf = (message: unknown, rest: readonly unknown[]): Readonly<Record<string, unknown>> => {
  const [stack, where] = rest.length > 1 ? [rest[0], rest.at(-1)] : [undefined, rest[0]];
  return {
    ...(typeof where === 'string' ? { where } : {}),
    ...(message instanceof Error ? { error: message } : {}),
    ...(typeof stack === 'string' ? { stack } : {}),
  };
};

/** Lets Nest speak through the house's logger. */
export const toNestLogger = (logger: Logger): LoggerService => {
  const at =
    (level: keyof Logger) =>
    (message: unknown, ...rest: unknown[]): void =>
      logger[level](textOf(message), contextOf(message, rest));
  return {
    log: (message: unknown, ...rest: unknown[]) =>
      at(CHATTY.has(String(rest.at(-1))) ? 'debug' : 'info')(message, ...rest),
    error: at('error'),
    fatal: at('error'),
    warn: at('warn'),
    debug: at('debug'),
    verbose: at('debug'),
  };
};
