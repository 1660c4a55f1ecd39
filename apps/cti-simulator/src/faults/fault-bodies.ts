import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsIn,
  IsInt,
  IsNumber,
  IsOptional,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateBy,
  ValidateIf,
  ValidateNested,
  type ValidationArguments,
} from 'class-validator';
import { type Fault, FAULTS, type FaultPlan, type FaultRule } from './fault-plan.ts';

const SIDES = ['answer', 'event'] as const;
const MAX_DELAY_MS = 300_000;
const MAX_RULES = 50;

/** Nobody can refuse an event. */
const IsPossibleFault = (): PropertyDecorator =>
  ValidateBy({
    name: 'isPossibleFault',
    validator: {
      validate: (value: unknown, args?: ValidationArguments) =>
        !(value === 'refuse' && (args?.object as Partial<FaultRule> | undefined)?.on === 'event'),
      defaultMessage: () => 'do: an event cannot be refused, delay, drop or double it',
    },
  });

/** One rule of `PUT /v1/faults`. */
export class FaultRuleBody implements FaultRule {
  @ApiProperty({ enum: SIDES, description: 'The answer to a question, or an event' })
  @IsIn(SIDES, { message: 'on must be answer or event' })
  on!: 'answer' | 'event';

  @ApiProperty({ example: 'conversation.request.hold', description: 'A name, or how it begins and then *' })
  @Matches(/^[a-z.]{0,100}\*?$/, {
    message: 'name must be a message of the bridge, or how it begins and then *',
  })
  name!: string;

  @ApiPropertyOptional({ description: 'The one session meant, by its id' })
  @IsOptional()
  @Matches(/^[A-Za-z0-9_-]{1,64}$/, { message: 'session must be an id' })
  session?: string;

  @ApiProperty({ enum: FAULTS })
  @IsIn(FAULTS, { message: `do must be one of ${FAULTS.join(', ')}` })
  @IsPossibleFault()
  do!: Fault;

  @ApiPropertyOptional({ description: 'For delay, which needs it', minimum: 0, maximum: MAX_DELAY_MS })
  @ValidateIf((rule: FaultRuleBody) => rule.do === 'delay' || rule.delayMs !== undefined)
  @IsInt()
  @Min(0)
  @Max(MAX_DELAY_MS)
  delayMs?: number;

  @ApiPropertyOptional({ description: 'For refuse: what the refusal says', maxLength: 200 })
  @IsOptional()
  @MaxLength(200)
  message?: string;

  @ApiPropertyOptional({ description: 'How often of all times it could', minimum: 0, maximum: 1 })
  @IsOptional()
  @IsNumber()
  @Min(0)
  @Max(1)
  chance?: number;

  @ApiPropertyOptional({ description: 'How often in all; without it for ever', minimum: 1 })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(1_000_000)
  count?: number;
}

/** Body of `PUT /v1/faults`. */
export class FaultsBody implements FaultPlan {
  @ApiProperty({ example: 1, description: 'Where chance begins: the same seed hits the same' })
  @IsInt()
  @Min(0)
  @Max(4_294_967_295)
  seed!: number;

  @ApiProperty({ type: [FaultRuleBody], description: 'Tried in this order; the first that hits is done' })
  @IsArray()
  @ArrayMaxSize(MAX_RULES)
  @ValidateNested({ each: true })
  @Type(() => FaultRuleBody)
  rules!: FaultRuleBody[];
}

/** Body of `POST /v1/faults/hang`. */
export class HangBody {
  @ApiProperty({ minimum: 1, maximum: MAX_DELAY_MS })
  @IsInt()
  @Min(1)
  @Max(MAX_DELAY_MS)
  forMs!: number;
}

/** A rule and how often it has hit. */
export class FaultRuleView extends FaultRuleBody {
  @ApiProperty() hits!: number;
}

/** How the adapter misbehaves now. */
export class FaultsView {
  @ApiProperty() seed!: number;
  @ApiProperty({ type: [FaultRuleView] }) rules!: FaultRuleView[];
  @ApiPropertyOptional({ format: 'date-time', description: 'Until when nothing goes in or out' })
  hungUntil?: string | undefined;
}
