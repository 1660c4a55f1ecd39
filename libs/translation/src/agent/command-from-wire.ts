import { type CommandData, type CommandWithData, readCommandData } from '@cordboard/agent-protocol';
import { type Command, type CommandType, type Rejection } from '@cordboard/domain';
import { err, type JsonObject, ok, type Result, type Target } from '@cordboard/kernel';
import { commandTypeOf } from './command-names.ts';

/** Lets `build` have the checked data; ill-formed data is a rejection that names the field. */
const withData = <Name extends CommandWithData>(
  name: Name,
  data: JsonObject,
  build: (data: CommandData<Name>) => Command,
): Result<Command, Rejection> => {
  const read = readCommandData(name, data);
  return read.ok ? ok(build(read.value)) : err({ code: 'INVALID_DATA', message: `${read.error}.` });
};

const commandOf = (type: CommandType, target: Target, data: JsonObject): Result<Command, Rejection> => {
  switch (type) {
    case 'StartSession':
      return withData('session.start', data, ({ extension }) => ({ type, target, extension }));
    case 'ActivateChannel':
      return withData('channel.request.activate', data, ({ channelOptions }) => ({
        type,
        target,
        queue: channelOptions?.queue,
      }));
    case 'DeactivateChannel':
      return withData('channel.request.deactivate', data, ({ channelOptions }) => ({
        type,
        target,
        queue: channelOptions?.queue,
        reason: channelOptions?.reason,
      }));
    case 'MakeNotReady':
      return withData('channel.request.notready', data, ({ reasoncode, reasondesc }) => ({
        type,
        target,
        reasonCode: reasoncode,
        reasonName: reasondesc,
      }));
    case 'Dial':
      return withData('channel.request.dial', data, ({ destination }) => ({ type, target, destination }));
    case 'LogOut':
    case 'MakeReady':
    case 'AcceptInteraction':
    case 'RejectInteraction':
    case 'CompleteInteraction':
    case 'AnswerConversation':
    case 'ReleaseConversation':
    case 'HoldConversation':
    case 'RetrieveConversation':
      return ok({ type, target });
  }
};

/**
 * The command of the domain for a request (agent protocol B). `canonical` is a newest name, `target` was read
 * for its kind, `data` is as received. Every other name is refused with `NOT_SUPPORTED`.
 */
export const commandFromWire = (
  canonical: string,
  target: Target,
  data: JsonObject,
): Result<Command, Rejection> => {
  const type = commandTypeOf(canonical);
  return type === null
    ? err({ code: 'NOT_SUPPORTED', message: `${canonical} is not supported yet.` })
    : commandOf(type, target, data);
};
