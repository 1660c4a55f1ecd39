import { type CallData, isCallData, MAX_TONES } from '@cordboard/switch-sim';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  IsOptional,
  IsString,
  Matches,
  MaxLength,
  ValidateBy,
  type ValidationOptions,
} from 'class-validator';

export const MAX_NAME = 128;
export const DATA_RULE =
  'data must hold at most 64 short keys with texts of 1,024 characters, or objects of such texts';

/** Checks attached data by the limits of the switch. */
export const IsAttachedData = (options?: ValidationOptions): PropertyDecorator =>
  ValidateBy(
    { name: 'isAttachedData', validator: { validate: isCallData, defaultMessage: () => DATA_RULE } },
    options,
  );

/** Body of `POST /v1/calls`. */
export class PlaceCallBody {
  @ApiProperty({
    example: '1001',
    description: 'An extension, or a queue: 7000, 7001; 7002 for those who speak Spanish',
  })
  @IsString()
  @Matches(/^[0-9]{1,32}$/, { message: 'to must be an extension or the queue' })
  to!: string;

  @ApiProperty({ example: '+12025550123' })
  @IsString()
  @Matches(/^\+?[0-9*#]{1,32}$/, { message: 'from must be a number of 1 to 32 digits' })
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

/** Body of `POST /v1/calls/{id}/dtmf`. */
export class SendTonesBody {
  @ApiProperty({ example: '42#', maxLength: MAX_TONES })
  @IsString()
  @Matches(/^[0-9*#]{1,64}$/, { message: 'digits must be 1 to 64 of 0-9, * and #' })
  digits!: string;
}

/** Body of `POST /v1/calls/{id}/answer` and `/hangup`. */
export class OutsidePartyBody {
  @ApiPropertyOptional({ description: 'Which outside party, when there are several; else the first' })
  @IsOptional()
  @Matches(/^\+?[0-9*#]{1,32}$/, { message: 'number must be a number of 1 to 32 digits' })
  number?: string;
}
