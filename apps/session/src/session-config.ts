import { Env, LogConfig } from '@cordboard/runtime';
import {
  IsBoolean,
  IsIn,
  IsInt,
  IsNotEmpty,
  IsOptional,
  Matches,
  Max,
  Min,
  ValidateIf,
} from 'class-validator';

const ID = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** What a session worker reads from its environment; docs/operations.md lists it. */
export class SessionConfig extends LogConfig {
  @Env('CORDBOARD_PROCESSOR', { hint: 'set it to the name of the default processor' })
  @Matches(ID)
  processor: string = 'sim';

  @Env('CORDBOARD_RESUME_MS', { as: 'integer', hint: 'set it to milliseconds, at most a day' })
  @IsInt()
  @Min(1_000)
  @Max(DAY_MS)
  resumeMs: number = 120_000;

  @Env('CORDBOARD_RESUME_POLICY')
  @IsIn(['keep', 'not-ready', 'log-out'])
  resumePolicy: 'keep' | 'not-ready' | 'log-out' = 'keep';

  @Env('CORDBOARD_UNBOUND_MS', { as: 'integer', hint: 'set it to milliseconds, at most a day' })
  @IsInt()
  @Min(1_000)
  @Max(DAY_MS)
  unboundMs: number = 300_000;

  @Env('CORDBOARD_RECONCILE_MS', { as: 'integer', hint: 'set it to 0, or 5000 to 3600000 milliseconds' })
  @ValidateIf((config: SessionConfig) => config.reconcileMs !== 0)
  @IsInt()
  @Min(5_000)
  @Max(HOUR_MS)
  reconcileMs: number = 60_000;

  @Env('CORDBOARD_PASSIVATE_MS', { as: 'integer', hint: 'set it to 0, or 1000 to 86400000 milliseconds' })
  @ValidateIf((config: SessionConfig) => config.passivateMs !== 0)
  @IsInt()
  @Min(1_000)
  @Max(DAY_MS)
  passivateMs: number = 600_000;

  @Env('CORDBOARD_WATCHDOG_MS', { as: 'integer', hint: 'set it to 0, or 200 to 60000 milliseconds' })
  @ValidateIf((config: SessionConfig) => config.watchdogMs !== 0)
  @IsInt()
  @Min(200)
  @Max(60_000)
  watchdogMs: number = 1_000;

  /** What the tenants have configured beside their switches; see docs/operations.md. */
  @Env('CORDBOARD_HOUSE_FILE')
  @IsOptional()
  @IsNotEmpty()
  houseFile?: string;

  @Env('CORDBOARD_DEBUG_CONTEXT', { as: 'flag', hint: 'set it to true or false' })
  @IsBoolean()
  debugContext: boolean = false;
}
