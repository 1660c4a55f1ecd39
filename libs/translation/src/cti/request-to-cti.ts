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
  SetInteractionData: 'interaction.request.setinteractiondata',
  SetDisposition: 'interaction.request.setdisposition',
  Consult: 'interaction.request.consult',
  Alternate: 'interaction.request.alternate',
  ConsultTransfer: 'interaction.request.consulttransfer',
  ConsultConference: 'interaction.request.consultconference',
  ReleaseConversation: 'conversation.request.release',
  HoldConversation: 'conversation.request.hold',
  RetrieveConversation: 'conversation.request.retrieve',
  MuteConversation: 'conversation.request.mute',
  UnmuteConversation: 'conversation.request.unmute',
  SendDtmf: 'conversation.request.senddtmf',
  BlindTransfer: 'conversation.request.transfer',
  BlindConference: 'conversation.request.conference',
  RemoveParty: 'conversation.request.removeparty',
  ReadDirectory: 'session.query.directory',
  ReadNotReadyReasons: 'session.query.notreadyreasons',
  ReadLogoutReasons: 'session.query.logoutreasons',
  ReadAddressBook: 'session.query.addressbook',
  StopAddressBook: 'session.query.addressbook',
  ReadDispositions: 'channel.query.dispositions',
  ReadScripts: 'channel.query.scripts',
  ReadOutboundSkills: 'channel.query.outboundskills',
  SetAgentLeg: 'session.request.agentleg',
  SendSignal: 'interaction.request.signal',
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

type Body<Type extends SwitchRequestType> = (request: Extract<SwitchRequest, { type: Type }>) => JsonObject;

const registration: Body<'RegisterInteraction'> & Body<'RegisterConversation'> = ({ id, nativeId }) => ({
  id,
  nativeid: nativeId,
});

const destinationOf = ({ destination }: { readonly destination: string }): JsonObject => ({ destination });

/** Bodies of the requests that have one. */
const BODIES: { readonly [Type in SwitchRequestType]?: Body<Type> } = {
  CreateSession: ({ target, agent }) => ({ id: target.session, agent: present(agent) }),
  ReadSession: ({ name, chat, email, callback }) => ({ name, chat, email, callback }),
  RegisterChannelGroup: ({ id, nativeId, wanted }) => ({ id, nativeid: nativeId, ...wanted }),
  RegisterChannel: ({ id, nativeId, channelType }) => ({ id, nativeid: nativeId, type: channelType }),
  RegisterInteraction: registration,
  RegisterConversation: registration,
  ActivateChannel: ({ queue }) => present({ queue }),
  DeactivateChannel: ({ queue, reason }) => present({ queue, reason }),
  MakeNotReady: ({ reasonCode, reasonName }) => present({ reasoncode: reasonCode, reasondesc: reasonName }),
  Dial: ({ destination, extensions }) => present({ destination, extensions }),
  SetInteractionData: ({ key, value }) => ({ key, value }),
  SetDisposition: ({ disposition }) => ({ disposition }),
  Consult: destinationOf,
  SendDtmf: ({ digits }) => ({ digits }),
  BlindTransfer: destinationOf,
  BlindConference: destinationOf,
  RemoveParty: ({ number }) => ({ number }),
  ReadAddressBook: ({ realtime }) => ({ realtime }),
  StopAddressBook: () => ({ realtime: false, stop: true }),
  ReadOutboundSkills: destinationOf,
  SetAgentLeg: ({ action }) => ({ action }),
  SendSignal: ({ parameters }) => parameters,
  RemoveChannel: ({ id }) => ({ id }),
  RemoveChannelGroup: ({ id }) => ({ id }),
  LogOutAgent: ({ reason }) => present({ reason }),
};

const bodies = BODIES as Readonly<Partial<Record<SwitchRequestType, (request: SwitchRequest) => JsonObject>>>;

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
    body: bodies[request.type]?.(request) ?? {},
  };
};
