import { type Agent, type Call, openLeg } from '@cordboard/switch-sim';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

/** A call as the control API shows it. */
export class CallView {
  @ApiProperty() id!: string;
  @ApiProperty({ enum: ['queued', 'ringing', 'dialing', 'talking', 'ended'] }) state!: string;
  @ApiProperty() from!: string;
  @ApiPropertyOptional() name?: string | undefined;
  @ApiProperty() to!: string;
  @ApiProperty({ description: 'Agents whose phones are part of the call now', type: [String] })
  agents!: string[];
  @ApiProperty({ type: 'object', additionalProperties: true }) data!: Call['data'];
  @ApiProperty({
    description: 'Tones sent by agents and by the outside party',
    type: 'object',
    additionalProperties: { type: 'string' },
  })
  tones!: Call['tones'];
  @ApiProperty({ format: 'date-time' }) placedAt!: string;
  @ApiPropertyOptional({ format: 'date-time' }) endedAt?: string | undefined;
  @ApiPropertyOptional() endReason?: string | undefined;
}

const iso = (at: number): string => new Date(at).toISOString();

export const toCallView = (call: Call): CallView => ({
  id: call.id,
  state: call.status,
  from: call.from.number,
  name: call.from.name,
  to: call.to,
  agents: call.legs.map(({ agent }) => agent),
  data: call.data,
  tones: call.tones,
  placedAt: iso(call.placedAt),
  endedAt: call.endedAt === null ? undefined : iso(call.endedAt),
  endReason: call.endReason ?? undefined,
});

/** An agent as the control API shows it. */
export class AgentView {
  @ApiProperty() id!: string;
  @ApiProperty() name!: string;
  @ApiProperty() extension!: string;
  @ApiProperty() loggedIn!: boolean;
  @ApiProperty({ description: 'Whether the phone is active' }) active!: boolean;
  @ApiProperty() ready!: boolean;
  @ApiPropertyOptional({ description: 'Reason code for not being ready' }) reason?: string | undefined;
  @ApiPropertyOptional({ description: 'The call that the agent handles or has not completed' }) call?:
    string | undefined;
}

export const toAgentView = (agent: Agent): AgentView => ({
  id: agent.id,
  name: agent.name,
  extension: agent.id,
  loggedIn: agent.loggedIn,
  active: agent.active,
  ready: agent.ready,
  reason: agent.reasonCode || undefined,
  call: openLeg(agent)?.call,
});

export class OneCallView {
  @ApiProperty() call!: CallView;
}

export class CallsView {
  @ApiProperty({ type: [CallView] }) calls!: CallView[];
}

export class AgentsView {
  @ApiProperty({ type: [AgentView] }) agents!: AgentView[];
}
