import { type DestinationStream, pino } from 'pino';
import { redact, scrubText } from './redact.ts';
import { textDestination } from './text-format.ts';

export const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];
export type LogFormat = 'json' | 'text';

type Write = (message: string, context?: Readonly<Record<string, unknown>>) => void;

/** What libraries log to. Secrets in messages and contexts are hidden; personal data must not be given at all. */
export interface Logger {
  readonly debug: Write;
  readonly info: Write;
  readonly warn: Write;
  readonly error: Write;
}

export interface LoggerOptions {
  /** Of the app; stands in every line. */
  readonly name: string;
  readonly level: LogLevel;
  /** Default: text on a terminal, JSON lines elsewhere. */
  readonly format?: LogFormat | undefined;
  /** Default: standard output, written before the call returns, so that a crash loses no line. */
  readonly destination?: DestinationStream | undefined;
}

const destinationOf = ({ format, destination }: LoggerOptions): DestinationStream => {
  const lines = destination ?? pino.destination({ dest: 1, sync: true });
  const readable = format === undefined ? process.stdout.isTTY : format === 'text';
  return readable ? textDestination(lines) : lines;
};

export const createLogger = (options: LoggerOptions): Logger => {
  const logger = pino(
    {
      base: { app: options.name, pid: process.pid },
      level: options.level,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    destinationOf(options),
  );
  const write =
    (level: Exclude<LogLevel, 'silent'>): Write =>
    (message, context = {}) => {
      if (logger.isLevelEnabled(level)) logger[level](redact(context), scrubText(message));
    };
  return { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') };
};
