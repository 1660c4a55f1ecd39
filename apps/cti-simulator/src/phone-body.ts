import { PHONE_ACTIONS, type PhoneAction } from '@cordboard/switch-sim';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, Matches, MaxLength } from 'class-validator';

const NUMBER = /^\+?[0-9*#]{1,32}$/;

/** Body of `POST /v1/agents/{id}/phone`. */
export class PhoneBody {
  @ApiProperty({ enum: PHONE_ACTIONS })
  @IsIn(PHONE_ACTIONS, { message: `action must be one of ${PHONE_ACTIONS.join(', ')}` })
  action!: PhoneAction;

  @ApiPropertyOptional({ description: 'For dial, consult, transfer and conference' })
  @IsOptional()
  @Matches(NUMBER, { message: 'destination must be a number of 1 to 32 digits' })
  destination?: string;

  @ApiPropertyOptional({ description: 'For send-tones' })
  @IsOptional()
  @Matches(/^[0-9*#]{1,64}$/, { message: 'digits must be 1 to 64 of 0-9, * and #' })
  digits?: string;

  @ApiPropertyOptional({ description: 'For remove-party' })
  @IsOptional()
  @Matches(NUMBER, { message: 'number must be a number of 1 to 32 digits' })
  number?: string;

  @ApiPropertyOptional({ description: 'For not-ready: the reason code' })
  @IsOptional()
  @IsString()
  @MaxLength(128)
  reason?: string;

  @ApiPropertyOptional({ description: 'For join-channel: CHAT, EMAIL and the like' })
  @IsOptional()
  @Matches(/^[A-Z]{1,32}$/, { message: 'type must be in capitals, as in CHAT' })
  type?: string;

  @ApiPropertyOptional({ description: 'The channel meant; without it the phone' })
  @IsOptional()
  @Matches(/^[A-Za-z0-9_-]{1,64}$/, { message: 'endpoint must be 1 to 64 of letters, digits, _ and -' })
  endpoint?: string;
}
