import { isId } from '@cordboard/kernel';
import { Env, NatsConfig } from '@cordboard/runtime';
import { IsInt, Max, Min, ValidateBy } from 'class-validator';

const IsName = (): PropertyDecorator =>
  ValidateBy({
    name: 'isName',
    validator: {
      validate: isId,
      defaultMessage: () => '$property must be 1 to 64 of letters, digits, _ and -',
    },
  });

/** What the simulator reads from its environment. */
export class SimulatorConfig extends NatsConfig {
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

  /** Port of the control API; 0 takes any free one. */
  @Env('CORDBOARD_SIMULATOR_PORT', { as: 'integer', hint: 'set it to a port, or 0 for any free one' })
  @IsInt()
  @Min(0)
  @Max(65_535)
  port: number = 8091;
}
