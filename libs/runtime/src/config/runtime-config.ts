import { IsIn, IsInt, IsNotEmpty, IsOptional, Max, Min } from 'class-validator';
import { LOG_LEVELS, type LogFormat, type LogLevel } from '../logging/logger.ts';
import { Env } from './env.ts';

/** What every app reads; an app's own configuration extends it. */
export class RuntimeConfig {
  @Env('CORDBOARD_LOG_LEVEL')
  @IsIn(LOG_LEVELS)
  logLevel: LogLevel = 'info';

  /** Without a value: readable on a terminal, JSON lines elsewhere. */
  @Env('CORDBOARD_LOG_FORMAT')
  @IsOptional()
  @IsIn(['json', 'text'])
  logFormat?: LogFormat;

  /** Address to listen on. */
  @Env('CORDBOARD_HOST')
  @IsNotEmpty()
  host: string = '127.0.0.1';

  /** Port of health and metrics; 0 takes any free one. */
  @Env('CORDBOARD_METRICS_PORT', { as: 'integer', hint: 'set it to a port, or 0 for any free one' })
  @IsInt()
  @Min(0)
  @Max(65_535)
  metricsPort: number = 0;
}
