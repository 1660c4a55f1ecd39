import { IsNotEmpty, IsOptional, IsUrl } from 'class-validator';
import { Env } from './env.ts';
import { RuntimeConfig } from './runtime-config.ts';

/** What an app reads that speaks over NATS. */
export class NatsConfig extends RuntimeConfig {
  @Env('CORDBOARD_NATS_URL', { secret: true, hint: 'set it to nats://<user>:<password>@<host>:<port>' })
  @IsUrl({ protocols: ['nats', 'tls'], require_tld: false, require_protocol: true })
  natsUrl!: string;

  /** A credentials file of NATS. */
  @Env('CORDBOARD_NATS_CREDS')
  @IsOptional()
  @IsNotEmpty()
  natsCreds?: string;
}
