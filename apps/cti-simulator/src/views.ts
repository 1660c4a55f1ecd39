import {
  type Agent,
  type Call,
  type Channel,
  type Contact,
  openCallWork,
  openWorks,
  statusOf,
} from '@cordboard/switch-sim';
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
  @ApiProperty({ description: 'Numbers of all who are on the call or are being reached', type: [String] })
  parties!: string[];
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
  state: statusOf(call),
  from: call.from.number,
  name: call.from.name,
  to: call.to,
  agents: call.members.filter(({ kind }) => kind === 'agent').map(({ number }) => number),
  parties: call.members.map(({ number }) => number),
  data: call.data,
  tones: call.tones,
  placedAt: iso(call.placedAt),
  endedAt: call.endedAt === null ? undefined : iso(call.endedAt),
  endReason: call.endReason ?? undefined,
});

/** A chat, an e-mail or a callback as the control API shows it. */
export class ContactView {
  @ApiProperty() id!: string;
  @ApiProperty({ enum: ['CHAT', 'EMAIL', 'CALLBACK'] }) type!: string;
  @ApiProperty({ enum: ['queued', 'alerting', 'started', 'ended'] }) state!: string;
  @ApiProperty() from!: string;
  @ApiPropertyOptional() name?: string | undefined;
  @ApiProperty() to!: string;
  @ApiPropertyOptional({ description: 'Agent whom it was offered to' }) agent?: string | undefined;
  @ApiProperty({ type: 'object', additionalProperties: true }) data!: Call['data'];
  @ApiProperty({ format: 'date-time' }) placedAt!: string;
  @ApiPropertyOptional({ format: 'date-time' }) endedAt?: string | undefined;
  @ApiPropertyOptional() endReason?: string | undefined;
}

export const toContactView = (contact: Contact): ContactView => ({
  id: contact.id,
  type: contact.type,
  state: contact.status,
  from: contact.from.number,
  name: contact.from.name,
  to: contact.to,
  agent: contact.offered?.agent,
  data: contact.data,
  placedAt: iso(contact.placedAt),
  endedAt: contact.endedAt === null ? undefined : iso(contact.endedAt),
  endReason: contact.endReason ?? undefined,
});

/** A channel of an agent as the control API shows it. */
export class ChannelView {
  @ApiProperty() endpoint!: string;
  @ApiProperty() type!: string;
  @ApiProperty({ enum: ['INACTIVE', 'ACTIVE', 'UNAVAILABLE'] }) state!: string;
  @ApiProperty() ready!: boolean;
  @ApiPropertyOptional({ description: 'Reason code for not being ready' }) reason?: string | undefined;
  @ApiProperty({ description: 'Ids of the interactions not completed', type: [String] })
  interactions!: string[];
}

const channelState = ({ active, taken }: Channel): string => {
  if (taken) return 'UNAVAILABLE';
  return active ? 'ACTIVE' : 'INACTIVE';
};

const toChannelView = (agent: Agent, channel: Channel): ChannelView => ({
  endpoint: channel.endPoint,
  type: channel.type,
  state: channelState(channel),
  ready: channel.ready,
  reason: channel.reasonCode || undefined,
  interactions: openWorks(agent, channel.endPoint).map(({ id }) => id),
});

/** An agent as the control API shows it. */
export class AgentView {
  @ApiProperty() id!: string;
  @ApiProperty() name!: string;
  @ApiProperty() extension!: string;
  @ApiProperty() loggedIn!: boolean;
  @ApiProperty({ description: 'Whether the phone is active' }) active!: boolean;
  @ApiProperty({ description: 'Whether the agent is ready at the phone' }) ready!: boolean;
  @ApiPropertyOptional({ description: 'Reason code for not being ready' }) reason?: string | undefined;
  @ApiPropertyOptional({ description: 'The call that the agent handles or has not completed' }) call?:
    string | undefined;
  @ApiProperty({
    description: 'Level by skill, 1 to 10; 10 is best',
    type: 'object',
    additionalProperties: { type: 'number' },
  })
  skills!: Agent['skills'];
  @ApiProperty({ type: [ChannelView] }) channels!: ChannelView[];
}

export const toAgentView = (agent: Agent): AgentView => {
  const phone = agent.channels[agent.id];
  return {
    id: agent.id,
    name: agent.name,
    extension: agent.id,
    loggedIn: agent.loggedIn,
    active: phone?.active ?? false,
    ready: phone?.ready ?? false,
    reason: phone?.reasonCode || undefined,
    call: openCallWork(agent)?.primary?.call,
    skills: agent.skills,
    channels: Object.values(agent.channels).map((channel) => toChannelView(agent, channel)),
  };
};

export class OneCallView {
  @ApiProperty() call!: CallView;
}

export class CallsView {
  @ApiProperty({ type: [CallView] }) calls!: CallView[];
}

export class AgentsView {
  @ApiProperty({ type: [AgentView] }) agents!: AgentView[];
}

export class OneAgentView {
  @ApiProperty() agent!: AgentView;
}

export class OneContactView {
  @ApiProperty() contact!: ContactView;
}

export class ContactsView {
  @ApiProperty({ type: [ContactView] }) contacts!: ContactView[];
}
