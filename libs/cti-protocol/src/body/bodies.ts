import { type EventName, type QuestionName } from '../catalogue/messages.ts';
import { AddressBookBody, AddressBooksAnswer, AddressBooksBody } from './address-book-body.ts';
import {
  AddChannelBody,
  AvailabilityBody,
  ChannelFoundBody,
  ChannelGroupInitAnswer,
  ChannelInitAnswer,
  DialBody,
  NotReadyBody,
  QueueBody,
} from './channel-body.ts';
import { DestinationBody, IdBody, NativeIdBody, RegistrationBody } from './common-body.ts';
import {
  AgentInfoAnswer,
  AgentInfoBody,
  CreateSessionAnswer,
  CreateSessionBody,
  QueuesBody,
  ServerStatusBody,
  StatusBody,
  ValidateAgentBody,
} from './control-body.ts';
import {
  ConversationInitAnswer,
  DigitsBody,
  FailedBody,
  NumberBody,
  PartyBody,
} from './conversation-body.ts';
import { type Dto } from './dto.ts';
import {
  ConsultAnswer,
  DataKeyBody,
  DispositionBody,
  InteractionDataBody,
  InteractionInitAnswer,
  SetDataBody,
  SignalBody,
} from './interaction-body.ts';
import {
  DirectoryAnswer,
  DispositionsAnswer,
  LogoutReasonsAnswer,
  NotReadyReasonsAnswer,
  OutboundSkillsAnswer,
  ScriptsAnswer,
} from './list-body.ts';
import {
  AddChannelGroupBody,
  AgentLegBody,
  AgentLegChangedBody,
  ReasonBody,
  SessionInitAnswer,
  SessionInitBody,
} from './session-body.ts';

/** Bodies of queries and requests (bridge B); those not named here are empty. */
export const QUESTION_BODIES = {
  'cti.query.validateagent': ValidateAgentBody,
  'cti.query.agentinfo': AgentInfoBody,
  'cti.request.serverstatus': ServerStatusBody,
  'cti.request.createsession': CreateSessionBody,
  'session.query.init': SessionInitBody,
  'session.query.addressbook': AddressBookBody,
  'session.request.addchannelgroup': AddChannelGroupBody,
  'session.request.removechannelgroup': IdBody,
  'session.request.logout': ReasonBody,
  'session.request.agentleg': AgentLegBody,
  'channelgroup.request.addchannel': AddChannelBody,
  'channelgroup.request.removechannel': IdBody,
  'channel.request.activate': QueueBody,
  'channel.request.deactivate': QueueBody,
  'channel.request.notready': NotReadyBody,
  'channel.query.outboundskills': DestinationBody,
  'channel.request.dial': DialBody,
  'channel.request.createinteraction': RegistrationBody,
  'interaction.query.data': DataKeyBody,
  'interaction.request.setinteractiondata': SetDataBody,
  'interaction.request.setdisposition': DispositionBody,
  'interaction.request.createconversation': RegistrationBody,
  'interaction.request.consult': DestinationBody,
  'interaction.request.signal': SignalBody,
  'conversation.request.removeparty': NumberBody,
  'conversation.request.transfer': DestinationBody,
  'conversation.request.conference': DestinationBody,
  'conversation.request.senddtmf': DigitsBody,
} as const satisfies Readonly<Partial<Record<QuestionName, Dto>>>;

/** Bodies of successful answers (bridge B); those not named here are empty or free, such as capabilities. */
export const ANSWER_BODIES = {
  'cti.query.agentinfo': AgentInfoAnswer,
  'cti.request.createsession': CreateSessionAnswer,
  'session.query.init': SessionInitAnswer,
  'session.query.directory': DirectoryAnswer,
  'session.query.notreadyreasons': NotReadyReasonsAnswer,
  'session.query.logoutreasons': LogoutReasonsAnswer,
  'session.query.addressbook': AddressBooksAnswer,
  'channelgroup.query.init': ChannelGroupInitAnswer,
  'channel.query.init': ChannelInitAnswer,
  'channel.query.dispositions': DispositionsAnswer,
  'channel.query.scripts': ScriptsAnswer,
  'channel.query.outboundskills': OutboundSkillsAnswer,
  'interaction.query.init': InteractionInitAnswer,
  'interaction.query.data': InteractionDataBody,
  'interaction.request.consult': ConsultAnswer,
  'conversation.query.init': ConversationInitAnswer,
} as const satisfies Readonly<Partial<Record<QuestionName, Dto>>>;

/** Bodies of events (bridge C); those not named here are empty. */
export const EVENT_BODIES = {
  'cti.status': StatusBody,
  'cti.queues': QueuesBody,
  'session.ended': ReasonBody,
  'session.addressbook': AddressBooksBody,
  'session.agentleg': AgentLegChangedBody,
  'channelgroup.channel': ChannelFoundBody,
  'channel.ready': AvailabilityBody,
  'channel.notready': AvailabilityBody,
  'channel.interaction': NativeIdBody,
  'interaction.datachanged': InteractionDataBody,
  'interaction.consult': NativeIdBody,
  'conversation.failed': FailedBody,
  'conversation.partyadded': PartyBody,
  'conversation.partyremoved': NumberBody,
  'conversation.transfer.failed': FailedBody,
  'conversation.conference.failed': FailedBody,
} as const satisfies Readonly<Partial<Record<EventName, Dto>>>;
