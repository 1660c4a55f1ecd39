import { type Patience } from '@cordboard/switch-sim';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsInt, IsOptional, Max, Min } from 'class-validator';

const FATES = ['kept', 'lost'] as const;
const MAX_OUTAGE_MS = 300_000;
const MAX_PATIENCE_MS = 3_600_000;

/** Body of `POST /v1/restart`. */
export class RestartBody {
  @ApiProperty({ enum: FATES, description: 'What becomes of calls, contacts and logins' })
  @IsIn(FATES, { message: 'calls must be kept or lost' })
  calls!: 'kept' | 'lost';

  @ApiPropertyOptional({
    description: 'How long it takes',
    default: 1_000,
    minimum: 1,
    maximum: MAX_OUTAGE_MS,
  })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(MAX_OUTAGE_MS)
  afterMs?: number;
}

const IsPatience = (): PropertyDecorator => (target, property) => {
  for (const check of [IsOptional(), IsInt(), Min(100), Max(MAX_PATIENCE_MS)]) check(target, property);
};

/** Body of `PUT /v1/settings`: how long something may alert, in ms; what is left out stays. */
export class SettingsBody implements Partial<Patience> {
  @ApiPropertyOptional({ description: 'A call from a queue, until the agent is put away', minimum: 100 })
  @IsPatience()
  queueCallMs?: number;

  @ApiPropertyOptional({ description: 'A contact from a queue, until the agent is put away', minimum: 100 })
  @IsPatience()
  queueContactMs?: number;

  @ApiPropertyOptional({ description: 'What is for one agent alone, until it ends', minimum: 100 })
  @IsPatience()
  directMs?: number;
}

/** How long something may alert, in ms. */
export class SettingsView implements Patience {
  @ApiProperty() queueCallMs!: number;
  @ApiProperty() queueContactMs!: number;
  @ApiProperty() directMs!: number;
}

/** How a queue stands. */
export class QueueView {
  @ApiProperty() id!: string;
  @ApiProperty() name!: string;
  @ApiProperty({ description: 'Calls and contacts that wait' }) waiting!: number;
  @ApiProperty({ description: 'How long the first of them has waited' }) longestWaitMs!: number;
  @ApiPropertyOptional({ description: 'What an agent must be able to do' }) skill?: string | undefined;
}

export class QueuesView {
  @ApiProperty({ type: [QueueView] }) queues!: QueueView[];
}

/** How the switch is while it restarts. */
export class RestartView {
  @ApiProperty({ enum: ['STOPPED'] }) status!: string;
  @ApiProperty({ enum: FATES }) calls!: 'kept' | 'lost';
  @ApiProperty() afterMs!: number;
}
