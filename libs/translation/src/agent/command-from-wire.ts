import { type CommandData, type CommandWithData, type SessionRequest } from '@cordboard/agent-protocol';
import { type Command, type CommandType } from '@cordboard/domain';
import { type COMMAND_NAMES, commandTypeOf } from './command-names.ts';

/** The checked data of a command of the domain; never for one that has none. */
type Values<Type extends CommandType> = (typeof COMMAND_NAMES)[Type] extends CommandWithData
  ? CommandData<(typeof COMMAND_NAMES)[Type]>
  : never;

type CommandTypeWithData = {
  readonly [Type in CommandType]: (typeof COMMAND_NAMES)[Type] extends CommandWithData ? Type : never;
}[CommandType];

type Details<Type extends CommandType> =
  Extract<Command, { type: Type }> extends infer Known ? Omit<Known, 'type' | 'target'> : never;

/** What each command says beside its object. */
const DETAILS: {
  readonly [Type in CommandTypeWithData]: (values: Values<Type>) => Details<Type>;
} = {
  StartSession: ({ extension }) => ({ extension }),
  LogOut: ({ reason }) => ({ reason }),
  AddChannel: ({ channel }) => ({ endpoint: channel.endpoint, channelType: channel.type }),
  RemoveChannel: ({ channel }) => ({ id: channel.id }),
  AddChannelGroup: ({ channelgroup: { name, chat, email, callback } }) => ({ name, chat, email, callback }),
  RemoveChannelGroup: ({ channel }) => ({ id: channel.id }),
  GetAddressBook: ({ realtime }) => ({ realtime }),
  ActivateAll: ({ channelOptions = [] }) => ({
    options: channelOptions.map(({ id, queue }) => ({ id, queue })),
  }),
  ActivateChannel: ({ channelOptions }) => ({ queue: channelOptions?.queue }),
  DeactivateChannel: ({ channelOptions }) => ({
    queue: channelOptions?.queue,
    reason: channelOptions?.reason,
  }),
  MakeNotReady: ({ reasoncode, reasondesc }) => ({ reasonCode: reasoncode, reasonName: reasondesc }),
  Dial: ({ destination, extensions }) => ({ destination, extensions }),
  SetInteractionData: ({ key, value }) => ({ key, value }),
  SetDisposition: ({ disposition }) => ({ disposition }),
  Consult: ({ destination }) => ({ destination }),
  SendSignal: (parameters) => ({ parameters: { ...parameters } }),
  SendDtmf: ({ digits }) => ({ digits }),
  BlindTransfer: ({ destination }) => ({ destination }),
  BlindConference: ({ destination }) => ({ destination }),
  RemoveParty: ({ number }) => ({ number }),
};

const detailsOf = DETAILS as Readonly<Partial<Record<CommandType, (values: object) => object>>>;

/** The command of the domain for a well-formed request (agent protocol B): its data was checked as it was parsed. */
export const commandFromWire = ({
  canonical,
  target,
  values,
}: Pick<SessionRequest, 'canonical' | 'target' | 'values'>): Command => {
  const type = commandTypeOf(canonical);
  return { type, target, ...detailsOf[type]?.(values) } as Command;
};
