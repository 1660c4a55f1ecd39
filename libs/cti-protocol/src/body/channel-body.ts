import { IsArray, IsBoolean, IsObject, IsOptional } from 'class-validator';
import { type JsonObject } from '@cordboard/kernel';
import { AGENT_STATUSES, CHANNEL_STATES } from '../words.ts';
import { Nested, Trimmable } from './dto.ts';
import { JsonOfAtMost, OneOf, OptionalProse, OptionalText, Text } from './rules.ts';
import { AtMost } from './trim.ts';

/** Registration of a channel, in a group or stand-alone (CGP-R01). */
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

/** A channel in a reading. */
export class ChannelListed {
  @Text()
  'end-point'!: string;

  @Text()
  type!: string;
}

/** Answer to `channelgroup.query.init` (CGP-Q01). */
export class ChannelGroupInitAnswer extends Trimmable {
  @AtMost(256)
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
export class ChannelInitAnswer extends Trimmable {
  @OneOf(CHANNEL_STATES)
  'channel-state'!: (typeof CHANNEL_STATES)[number];

  @IsOptional()
  @Nested(AgentState)
  @IsObject()
  'agent-state'?: AgentState;

  @AtMost(256)
  @IsOptional()
  @Nested(InteractionListed)
  @IsArray()
  interactions?: InteractionListed[];
}

/** `channel.request.dial` (CHN-R05); `extensions` are the agent's, passed on as they are. */
export class DialBody {
  @Text()
  destination!: string;

  @IsOptional()
  @JsonOfAtMost(8_192)
  @IsObject()
  extensions?: JsonObject;
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
