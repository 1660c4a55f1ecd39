import { IsArray, IsBoolean, IsOptional } from 'class-validator';
import { AGENT_LEG_ACTIONS, AGENT_LEG_STATES } from '../words.ts';
import { ChannelListed } from './channel-body.ts';
import { Nested, Trimmable } from './dto.ts';
import { OneOf, OptionalProse, OptionalText, Text } from './rules.ts';
import { AtMost } from './trim.ts';

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
export class SessionInitAnswer extends Trimmable {
  @AtMost(64)
  @Nested(GroupFound)
  @IsArray()
  'channel-groups'!: GroupFound[];

  /** Stand-alone channels. */
  @AtMost(256)
  @IsOptional()
  @Nested(ChannelListed)
  @IsArray()
  channels?: ChannelListed[];
}

/** `session.request.addchannelgroup` (SES-R01); name and media of a group that the agent asked for. */
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

/** `session.request.agentleg`. */
export class AgentLegBody {
  @OneOf(AGENT_LEG_ACTIONS)
  action!: (typeof AGENT_LEG_ACTIONS)[number];
}

/** `session.agentleg`; `error` says why it failed. */
export class AgentLegChangedBody {
  @OneOf(AGENT_LEG_STATES)
  state!: (typeof AGENT_LEG_STATES)[number];

  @OptionalProse()
  error?: string;
}
