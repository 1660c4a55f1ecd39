import { IsArray, IsInt, IsObject, IsOptional, Min } from 'class-validator';
import { type JsonObject } from '@cordboard/kernel';
import { PROCESSOR_STATUSES } from '../words.ts';
import { Nested, Trimmable } from './dto.ts';
import { OneOf, OptionalProse, OptionalText, Secret, Text } from './rules.ts';
import { AtMost, CutText } from './trim.ts';

const MAX_QUEUES = 500;

/** `cti.query.validateagent` (CTL-Q02). */
export class ValidateAgentBody {
  @Text()
  id!: string;

  @Secret()
  password!: string;
}

/** `cti.query.agentinfo` (CTL-Q03). */
export class AgentInfoBody {
  @Text()
  id!: string;
}

class AgentRecord {
  @Text()
  id!: string;

  @OptionalText()
  name?: string;

  @OptionalText()
  extension?: string;

  @IsOptional()
  @IsObject()
  properties?: JsonObject;
}

/** Answer to `cti.query.agentinfo`. */
export class AgentInfoAnswer {
  @Nested(AgentRecord)
  @IsObject()
  agent!: AgentRecord;
}

/** `cti.request.serverstatus` (CTL-R02). */
export class ServerStatusBody {
  @OneOf(PROCESSOR_STATUSES)
  status!: (typeof PROCESSOR_STATUSES)[number];

  @OptionalProse()
  reason?: string;
}

class SessionAgent {
  @Text()
  id!: string;

  @OptionalText()
  extension?: string;
}

/** `cti.request.createsession` (CTL-R03); goes without the password, which was checked before. */
export class CreateSessionBody {
  @Text()
  id!: string;

  @Nested(SessionAgent)
  @IsObject()
  agent!: SessionAgent;
}

/** Answer to `cti.request.createsession`. */
export class CreateSessionAnswer {
  @OptionalText()
  nativeid?: string;
}

/** `cti.status` (CTL-E01); `instance`, `incarnation` and `sessions` are ours, for adapters on NATS. */
export class StatusBody {
  @OneOf(PROCESSOR_STATUSES)
  status!: (typeof PROCESSOR_STATUSES)[number];

  @OptionalProse()
  reason?: string;

  @OptionalText()
  instance?: string;

  @OptionalText()
  incarnation?: string;

  @IsOptional()
  @Min(0)
  @IsInt()
  sessions?: number;
}

class QueueFigures {
  @Text()
  id!: string;

  @CutText(256)
  name?: string;

  @Min(0)
  @IsInt()
  waiting!: number;

  /** Of the interaction that waits longest; 0 when none waits. */
  @Min(0)
  @IsInt()
  longestWaitMs!: number;
}

/** `cti.queues` (extension family): the queues of the switch as they are now. */
export class QueuesBody extends Trimmable {
  @AtMost(MAX_QUEUES)
  @Nested(QueueFigures)
  @IsArray()
  queues!: QueueFigures[];
}
