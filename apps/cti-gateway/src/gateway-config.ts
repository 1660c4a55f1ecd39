import { Env, IsName, NatsConfig } from '@cordboard/runtime';
import {
  ArrayMaxSize,
  IsInt,
  IsNotEmpty,
  IsOptional,
  Matches,
  Max,
  Min,
  ValidateBy,
  ValidateIf,
} from 'class-validator';
import { CLOSE_BYTES } from './limits.ts';

const processorIn = (pair: string): string => pair.slice(0, pair.indexOf('='));

const IsOncePerProcessor = (): PropertyDecorator =>
  ValidateBy({
    name: 'isOncePerProcessor',
    validator: {
      validate: (pairs: unknown) =>
        Array.isArray(pairs) && new Set(pairs.map((pair) => processorIn(String(pair)))).size === pairs.length,
    },
  });

/** What the gateway reads from its environment; docs/operations.md lists it. */
export class GatewayConfig extends NatsConfig {
  @Env('CORDBOARD_TENANT')
  @IsName()
  tenant: string = 'demo';

  /** This process among the gateways of a processor; the same after a restart, so that it is asked again. */
  @Env('CORDBOARD_INSTANCE')
  @IsName()
  instance: string = 'gateway-1';

  /** Where adapters connect; health and metrics have `CORDBOARD_HOST`. */
  @Env('CORDBOARD_CTI_HOST')
  @IsNotEmpty()
  ctiHost: string = '127.0.0.1';

  @Env('CORDBOARD_CTI_PORT', { as: 'integer', hint: 'set it to a port, or 0 for any free one' })
  @IsInt()
  @Min(0)
  @Max(65_535)
  ctiPort: number = 8093;

  /** Largest message that is carried on, in bytes. */
  @Env('CORDBOARD_CTI_MAX_BYTES', { as: 'integer', hint: 'set it to 4096 to 16777216 bytes' })
  @IsInt()
  @Min(4_096)
  @Max(CLOSE_BYTES)
  maxBytes: number = 524_288;

  /** Who a client of this machine is that shows neither a token nor a certificate. */
  @Env('CORDBOARD_CTI_PROCESSOR')
  @IsName()
  processor: string = 'tcp';

  /** `processor=token`; a processor that is named here needs its token from everywhere. */
  @Env('CORDBOARD_CTI_TOKENS', {
    as: 'list',
    secret: true,
    hint: 'set it to processor=token pairs with commas between them, each processor once, each token 16 to 256 characters',
  })
  @IsOncePerProcessor()
  @ArrayMaxSize(100)
  @Matches(/^[A-Za-z0-9_-]{1,64}=[^\s,]{16,256}$/, { each: true })
  tokens: string[] = [];

  @Env('CORDBOARD_CTI_TLS_CERT', { hint: 'set it to the file of the server certificate, in PEM form' })
  @ValidateIf(({ tlsKey, tlsCa }: GatewayConfig) => tlsKey !== undefined || tlsCa !== undefined)
  @IsNotEmpty()
  tlsCert?: string;

  @Env('CORDBOARD_CTI_TLS_KEY', { hint: 'set it to the file of the key of CORDBOARD_CTI_TLS_CERT' })
  @ValidateIf(({ tlsCert }: GatewayConfig) => tlsCert !== undefined)
  @IsNotEmpty()
  tlsKey?: string;

  /** Who signs the certificates of clients; their common name is the processor. */
  @Env('CORDBOARD_CTI_TLS_CA')
  @IsOptional()
  @IsNotEmpty()
  tlsCa?: string;
}

/** The tokens by processor. */
export const tokensOf = ({ tokens }: Pick<GatewayConfig, 'tokens'>): ReadonlyMap<string, string> =>
  new Map(tokens.map((pair) => [processorIn(pair), pair.slice(processorIn(pair).length + 1)]));
