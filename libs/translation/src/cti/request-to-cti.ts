import { controlTarget, type CtiMessage, type QuestionName } from '@cordboard/cti-protocol';
import { type SwitchRequest, type SwitchRequestType } from '@cordboard/domain';
import { formatTarget, type JsonObject } from '@cordboard/kernel';

/** Name of the question behind each request (bridge B). */
export const QUESTIONS: Readonly<Record<SwitchRequestType, QuestionName>> = {
  CreateSession: 'cti.request.createsession',
  ReadSession: 'session.query.init',
  RegisterChannelGroup: 'session.request.addchannelgroup',
  ReadChannelGroup: 'channelgroup.query.init',
  RegisterChannel: 'channelgroup.request.addchannel',
  ReadChannel: 'channel.query.init',
  RegisterInteraction: 'channel.request.createinteraction',
  ReadInteraction: 'interaction.query.init',
  RegisterConversation: 'interaction.request.createconversation',
  ReadConversation: 'conversation.query.init',
  ActivateChannel: 'channel.request.activate',
  DeactivateChannel: 'channel.request.deactivate',
  MakeReady: 'channel.request.ready',
  MakeNotReady: 'channel.request.notready',
  Dial: 'channel.request.dial',
  AcceptInteraction: 'interaction.request.accept',
  RejectInteraction: 'interaction.request.reject',
  CompleteInteraction: 'interaction.request.complete',
  ReleaseConversation: 'conversation.request.release',
  HoldConversation: 'conversation.request.hold',
  RetrieveConversation: 'conversation.request.retrieve',
  DisposeConversation: 'conversation.request.dispose',
  DisposeInteraction: 'interaction.request.dispose',
  DisposeChannel: 'channel.request.dispose',
  RemoveChannel: 'channelgroup.request.removechannel',
  DisposeChannelGroup: 'channelgroup.request.dispose',
  RemoveChannelGroup: 'session.request.removechannelgroup',
  LogOutAgent: 'session.request.logout',
  DisposeSession: 'session.request.dispose',
};

/** The keys that have a value, so that absent options stay absent on the wire. */
const present = (body: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined));

const bodyOf = (request: SwitchRequest): JsonObject => {
  switch (request.type) {
    case 'CreateSession':
      return { id: request.target.session, agent: present(request.agent) };
    case 'ReadSession': {
      const { name, chat, email, callback } = request;
      return { name, chat, email, callback };
    }
    case 'RegisterChannel':
      return { id: request.id, nativeid: request.nativeId, type: request.channelType };
    case 'RegisterChannelGroup':
    case 'RegisterInteraction':
    case 'RegisterConversation':
      return { id: request.id, nativeid: request.nativeId };
    case 'ActivateChannel':
      return present({ queue: request.queue });
    case 'DeactivateChannel':
      return present({ queue: request.queue, reason: request.reason });
    case 'MakeNotReady':
      return present({ reasoncode: request.reasonCode, reasondesc: request.reasonName });
    case 'Dial':
      return { destination: request.destination };
    case 'RemoveChannel':
    case 'RemoveChannelGroup':
      return { id: request.id };
    case 'LogOutAgent':
      return present({ reason: request.reason });
    default:
      return {};
  }
};

/**
 * The bridge message that carries a request to an adapter (bridge B). `processor` names the control target,
 * where the registration of a session goes; everything else goes to the object itself.
 */
export const requestToCti = (request: SwitchRequest, requestId: string, processor: string): CtiMessage => {
  const name = QUESTIONS[request.type];
  return {
    header: {
      type: name.includes('.query.') ? 'cti.query' : 'cti.request',
      name,
      target: request.type === 'CreateSession' ? controlTarget(processor) : formatTarget(request.target),
      requestId,
    },
    body: bodyOf(request),
  };
};
