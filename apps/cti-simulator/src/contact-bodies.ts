import { type CallData } from '@cordboard/switch-sim';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, Length, Matches, MaxLength } from 'class-validator';
import { DATA_RULE, IsAttachedData, MAX_NAME } from './call-bodies.ts';

const TYPES = ['CHAT', 'EMAIL', 'CALLBACK'] as const;

/** Body of `POST /v1/contacts`. */
export class PlaceContactBody {
  @ApiProperty({ enum: TYPES })
  @IsIn(TYPES, { message: `type must be one of ${TYPES.join(', ')}` })
  type!: string;

  @ApiProperty({ example: '7000', description: 'An agent, or a queue: 7000, 7001, 7002' })
  @Matches(/^[0-9]{1,32}$/, { message: 'to must be an agent or a queue' })
  to!: string;

  @ApiProperty({ example: 'customer@example.com', description: 'Address, number or name of who writes' })
  @IsString()
  @Length(1, MAX_NAME)
  from!: string;

  @ApiPropertyOptional({ maxLength: MAX_NAME })
  @IsOptional()
  @IsString()
  @MaxLength(MAX_NAME)
  name?: string;

  @ApiPropertyOptional({ type: 'object', additionalProperties: true, description: DATA_RULE })
  @IsOptional()
  @IsAttachedData()
  data?: CallData;
}
