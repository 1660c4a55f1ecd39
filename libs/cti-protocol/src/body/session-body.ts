import { IsArray, IsBoolean, IsOptional } from 'class-validator';
import { Nested } from './dto.ts';
import { OptionalProse, OptionalText, Text } from './rules.ts';

/** `session.query.init` (SES-Q01). */
export class SessionInitBody {
  @OptionalText()
  name!: string;

  @IsBoolean()
  chat!: boolean;

  @IsBoolean()
  email!: boolean;

  @IsBoolean()
  callback!: boolean;
}

class GroupFound {
  @Text()
  id!: string;

  @OptionalProse()
  name?: string;
}

/** Answer to `session.query.init`. */
export class SessionInitAnswer {
  @Nested(GroupFound)
  @IsArray()
  'channel-groups'!: GroupFound[];
}

/** `session.request.addchannelgroup` (SES-R01). */
export class AddChannelGroupBody {
  @Text()
  id!: string;

  @Text()
  nativeid!: string;

  @OptionalText()
  name?: string;

  @IsOptional()
  @IsBoolean()
  chat?: boolean;

  @IsOptional()
  @IsBoolean()
  email?: boolean;

  @IsOptional()
  @IsBoolean()
  callback?: boolean;
}

/** `session.request.logout` (SES-R03) and `session.ended` (SES-E01). */
export class ReasonBody {
  @OptionalProse()
  reason?: string;
}
