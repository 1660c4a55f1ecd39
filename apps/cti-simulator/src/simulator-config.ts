import { randomBytes } from 'node:crypto';
import { isId } from '@cordboard/kernel';
import { Env, RuntimeConfig } from '@cordboard/runtime';
import { IsInt, IsNotEmpty, IsOptional, Max, Min, ValidateBy } from 'class-validator';

const IsName = (): PropertyDecorator =>
  ValidateBy({
    name: 'isName',
    validator: {
      validate: isId,
      defaultMessage: () => '$property must be 1 to 64 of letters, digits, _ and -',
    },
  });

/** What the simulator reads from its environment. */
export class SimulatorConfig extends RuntimeConfig {
  @Env('CORDBOARD_NATS_URL', {
    hint: 'set it to the address of the NATS server, such as nats://127.0.0.1:4222',
  })
  @IsNotEmpty()
  natsUrl!: string;

  /** A credentials file of NATS. */
  @Env('CORDBOARD_NATS_CREDS')
  @IsOptional()
  @IsNotEmpty()
  natsCreds?: string;

  @Env('CORDBOARD_TENANT')
  @IsName()
  tenant: string = 'demo';

  /** The switch's name in Cordboard. */
  @Env('CORDBOARD_PROCESSOR')
  @IsName()
  processor: string = 'sim';

  /** This process among the adapters of the switch. */
  @Env('CORDBOARD_INSTANCE')
  @IsName()
  instance: string = `sim-${randomBytes(4).toString('hex')}`;

  /** Port of the control API; 0 takes any free one. */
  @Env('CORDBOARD_SIMULATOR_PORT', { as: 'integer', hint: 'set it to a port, or 0 for any free one' })
  @IsInt()
  @Min(0)
  @Max(65_535)
  port: number = 8091;
}
