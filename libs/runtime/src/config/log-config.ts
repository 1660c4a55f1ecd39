import { IsNotEmpty, IsOptional, IsUrl } from 'class-validator';
import { Env } from './env.ts';
import { NatsConfig } from './nats-config.ts';

/** What an app reads that reads or writes the log, and opens what is sealed in it. */
export class LogConfig extends NatsConfig {
  @Env('CORDBOARD_DATABASE_URL', {
    secret: true,
    hint: 'set it to postgres://<application role>:<password>@<host>:<port>/<database>',
  })
  @IsUrl({ protocols: ['postgres', 'postgresql'], require_tld: false, require_protocol: true })
  databaseUrl!: string;

  /** Where the tenants' keys lie, unless `CORDBOARD_TENANT_KEYS` holds them. */
  @Env('CORDBOARD_DATA_DIR')
  @IsNotEmpty()
  dataDir: string = '.cordboard';

  @Env('CORDBOARD_TENANT_KEYS', { secret: true })
  @IsOptional()
  @IsNotEmpty()
  tenantKeys?: string;
}
