import { COMMANDS_PER_SECOND } from '@cordboard/agent-protocol';
import { Env, LogConfig } from '@cordboard/runtime';
import {
  ArrayMaxSize,
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsUrl,
  Matches,
  Max,
  MaxLength,
  Min,
  MinLength,
  ValidateIf,
} from 'class-validator';

const ALGORITHMS = ['RS256', 'PS256', 'ES256', 'ES384', 'EdDSA'];
const PORT_HINT = 'set it to a port, or 0 for any free one';

/** The edge's environment. Tokens are checked with a secret or with the keys of an issuer, never both. */
export class EdgeConfig extends LogConfig {
  @Env('CORDBOARD_EDGE_PORT', { as: 'integer', hint: PORT_HINT })
  @IsInt()
  @Min(0)
  @Max(65_535)
  port: number = 8080;

  @Env('CORDBOARD_JWT_SECRET', {
    secret: true,
    hint: 'set it to 32 characters or more that nobody can guess, or set CORDBOARD_JWKS_URL instead',
  })
  @ValidateIf((config: EdgeConfig) => config.jwksUrl === undefined)
  @MinLength(32)
  @MaxLength(1_024)
  jwtSecret?: string;

  @Env('CORDBOARD_JWKS_URL', {
    hint: 'set it to the https address where the issuer of tokens publishes its keys',
  })
  @IsOptional()
  @IsUrl({ protocols: ['https', 'http'], require_protocol: true, require_tld: false })
  jwksUrl?: string;

  @Env('CORDBOARD_JWT_ALGORITHM')
  @IsIn(ALGORITHMS)
  jwtAlgorithm: string = 'RS256';

  @Env('CORDBOARD_ORIGINS', {
    as: 'list',
    hint: 'set it to origins like https://desk.example.com, with commas between them',
  })
  @ArrayMaxSize(100)
  @Matches(/^https?:\/\/[^\s/?#]+$/, { each: true })
  origins: string[] = [];

  @Env('CORDBOARD_MAX_SOCKETS', { as: 'integer' })
  @IsInt()
  @Min(1)
  @Max(1_000_000)
  maxSockets: number = 10_000;

  /** That one connection may send; more closes it. */
  @Env('CORDBOARD_COMMANDS_PER_SECOND', { as: 'integer' })
  @IsInt()
  @Min(1)
  @Max(1_000_000)
  commandsPerSecond: number = COMMANDS_PER_SECOND;

  /** How long a session is heard after its browser went, for it to come back here. */
  @Env('CORDBOARD_RING_MS', {
    as: 'integer',
    hint: 'set it to milliseconds, at most an hour, or 0 for not at all',
  })
  @IsInt()
  @Min(0)
  @Max(3_600_000)
  ringMs: number = 120_000;

  /** `POST /dev/token`: for the embedded default only. */
  @Env('CORDBOARD_DEV_TOKENS', { as: 'flag', hint: 'set it to true or false' })
  @IsBoolean()
  devTokens: boolean = false;
}
