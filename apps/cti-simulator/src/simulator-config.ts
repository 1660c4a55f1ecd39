import { Env, IsName, RuntimeConfig } from '@cordboard/runtime';
import { IsInt, IsNotEmpty, IsOptional, IsUrl, Length, Matches, Max, Min, ValidateIf } from 'class-validator';

const MAX_AGENTS = 20_000;
const MAX_CALLS = 20_000;

/** What the simulator reads from its environment. */
export class SimulatorConfig extends RuntimeConfig {
  /** Not needed where the bridge is spoken over TCP. */
  @Env('CORDBOARD_NATS_URL', { secret: true, hint: 'set it to nats://<user>:<password>@<host>:<port>' })
  @ValidateIf(({ ctiUrl }: SimulatorConfig) => ctiUrl === undefined)
  @IsUrl({ protocols: ['nats', 'tls'], require_tld: false, require_protocol: true })
  natsUrl?: string;

  /** A credentials file of NATS. */
  @Env('CORDBOARD_NATS_CREDS')
  @IsOptional()
  @IsNotEmpty()
  natsCreds?: string;

  /** A gateway to speak to instead of NATS. */
  @Env('CORDBOARD_CTI_URL', { hint: 'set it to tcp://<host>:<port>, or leave it out to use NATS' })
  @IsOptional()
  @IsUrl({ protocols: ['tcp'], require_tld: false, require_protocol: true, require_port: true })
  @Matches(/^tcp:\/\/[A-Za-z0-9.-]+:[0-9]+$/)
  ctiUrl?: string;

  /** What the gateway knows this switch by. */
  @Env('CORDBOARD_CTI_TOKEN', {
    secret: true,
    hint: 'set it to the token that the gateway has for this switch',
  })
  @IsOptional()
  @Length(16, 1_024)
  ctiToken?: string;

  @Env('CORDBOARD_TENANT')
  @IsName()
  tenant: string = 'demo';

  /** The switch's name in Cordboard. */
  @Env('CORDBOARD_PROCESSOR')
  @IsName()
  processor: string = 'sim';

  /** This process among the adapters of the switch; the same after a restart, so that it is asked again. */
  @Env('CORDBOARD_INSTANCE')
  @IsName()
  instance: string = 'sim-1';

  /** A file to which each request carried out at the switch and each event sent is added as a line of JSON. */
  @Env('CORDBOARD_SIMULATOR_LOG', { hint: 'set it to a file, or leave it out' })
  @IsOptional()
  @IsNotEmpty()
  logFile?: string;

  /** Port of the control API; 0 takes any free one. */
  @Env('CORDBOARD_SIMULATOR_PORT', { as: 'integer', hint: 'set it to a port, or 0 for any free one' })
  @IsInt()
  @Min(0)
  @Max(65_535)
  port: number = 8091;

  /** How many agents there are, from 1001 on. */
  @Env('CORDBOARD_SIMULATOR_AGENTS', { as: 'integer', hint: 'set it to 1 to 20000' })
  @IsInt()
  @Min(1)
  @Max(MAX_AGENTS)
  agents: number = 10;

  /** How many calls there may be at once. */
  @Env('CORDBOARD_SIMULATOR_MAX_CALLS', { as: 'integer', hint: 'set it to 1 to 20000' })
  @IsInt()
  @Min(1)
  @Max(MAX_CALLS)
  maxCalls: number = 1_000;
}
