import { IsArray, IsBoolean, IsObject, IsOptional } from 'class-validator';
import { AGENT_STATUSES, CHANNEL_STATES } from '../words.ts';
import { Nested } from './dto.ts';
import { OneOf, OptionalProse, OptionalText, Text } from './rules.ts';

/** Registration of a channel, and `channelgroup.channel` less its id (CGP-R01, CGP-E01). */
export class AddChannelBody {
  @Text()
  id!: string;

  @Text()
  nativeid!: string;

  @Text()
  type!: string;
}

/** `channelgroup.channel` (CGP-E01). */
export class ChannelFoundBody {
  @Text()
  nativeid!: string;

  @Text()
  type!: string;
}

class ChannelListed {
  @Text()
  'end-point'!: string;

  @Text()
  type!: string;
}

/** Answer to `channelgroup.query.init` (CGP-Q01). */
export class ChannelGroupInitAnswer {
  @Nested(ChannelListed)
  @IsArray()
  channels!: ChannelListed[];
}

class AgentState {
  @OneOf(AGENT_STATUSES)
  status!: (typeof AGENT_STATUSES)[number];

  @OptionalText()
  'reason-code'?: string;

  @OptionalProse()
  'reason-name'?: string;
}

class InteractionListed {
  @Text()
  id!: string;
}

/** Answer to `channel.query.init` (CHN-Q01); media that the engine does not support list no interactions. */
export class ChannelInitAnswer {
  @OneOf(CHANNEL_STATES)
  'channel-state'!: (typeof CHANNEL_STATES)[number];

  @IsOptional()
  @Nested(AgentState)
  @IsObject()
  'agent-state'?: AgentState;

  @IsOptional()
  @Nested(InteractionListed)
  @IsArray()
  interactions?: InteractionListed[];
}

/** `channel.request.activate` and `channel.request.deactivate` (CHN-R01, CHN-R02). */
export class QueueBody {
  @OptionalProse()
  queue?: string;

  @OptionalText()
  reason?: string;
}

/** `channel.request.notready` (CHN-R04). */
export class NotReadyBody {
  @Text()
  reasoncode!: string;

  @OptionalProse()
  reasondesc?: string;
}

/** `channel.ready` (CHN-E06) and `channel.notready` (CHN-E07). */
export class AvailabilityBody {
  @IsOptional()
  @IsBoolean()
  busy?: boolean;

  @OptionalText()
  reasoncode?: string;

  @OptionalProse()
  reasondesc?: string;
}
