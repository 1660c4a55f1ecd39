import { formatTarget, type JsonObject, type Target } from '@cordboard/kernel';
import { type ChannelCommand, type SessionCommand } from '../command.ts';
import { type ConfiguredList } from '../house.ts';
import { knownChannel } from '../objects.ts';
import { type CommandOutcome } from '../session-event.ts';
import { type SwitchAnswer, type SwitchReading, type SwitchRequest } from '../switch-request.ts';
import { type DirectoryEntry } from '../values.ts';
import { offers } from './capabilities.ts';
import { commandUnderWay, complete, GONE, outcomeOf, SUCCESS } from './commands-under-way.ts';
import { ask, type Draft } from './draft.ts';
import { type PendingRequest, type SessionState } from './session-state.ts';

/** A command whose answer is a list, or is followed by one. */
export type ListCommand = Extract<
  SessionCommand | ChannelCommand,
  { type: 'GetDirectory' | 'GetNotReadyReasons' | 'GetLogoutReasons' | 'GetDispositions' | 'GetScripts' }
>;

interface Source {
  readonly capability: string;
  readonly read: Extract<
    SwitchRequest['type'],
    'ReadDirectory' | 'ReadNotReadyReasons' | 'ReadLogoutReasons' | 'ReadDispositions' | 'ReadScripts'
  >;
  /** What a tenant may have configured for a switch without such a list, or beside it. */
  readonly configured: ConfiguredList | null;
}

const SOURCES: Readonly<Record<ListCommand['type'], Source>> = {
  GetDirectory: { capability: 'directory-supported', read: 'ReadDirectory', configured: 'directory' },
  GetNotReadyReasons: {
    capability: 'notreadyreasons-supported',
    read: 'ReadNotReadyReasons',
    configured: 'notReadyReasons',
  },
  GetLogoutReasons: {
    capability: 'logoutreasons-supported',
    read: 'ReadLogoutReasons',
    configured: 'logoutReasons',
  },
  GetDispositions: {
    capability: 'dispositions-supported',
    read: 'ReadDispositions',
    configured: 'dispositions',
  },
  GetScripts: { capability: 'scripts-supported', read: 'ReadScripts', configured: null },
};

/** Whether the switch has such a list, or the tenant had one configured when the session was started. */
export const hasList = (state: SessionState, type: ListCommand['type']): boolean => {
  const { capability, configured } = SOURCES[type];
  const known = state.adapter?.configured ?? [];
  return offers(state, capability) || (configured !== null && known.includes(configured));
};

const merged = (first: readonly DirectoryEntry[], second: readonly DirectoryEntry[]) => {
  const seen = new Set<string>();
  return [...first, ...second]
    .filter(({ name, destination }) => {
      const key = JSON.stringify([name, destination]);
      return !seen.has(key) && seen.add(key);
    })
    .map(({ name, destination, type }) => ({ name, destination, ...(type === undefined ? {} : { type }) }));
};

const either = <Item>(first: readonly Item[], second: readonly Item[]): readonly Item[] =>
  first.length > 0 ? first : second;

/** `reading`: what the switch has, absent when it was not asked. */
const answerWith = (
  draft: Draft,
  { type, target }: ListCommand,
  commandId: string,
  reading: SwitchReading | null,
): void => {
  const { house } = draft;
  const read = <Of extends SwitchReading['of']>(of: Of) =>
    reading?.of === of ? (reading as Extract<SwitchReading, { of: Of }>) : null;
  const data = (what: JsonObject): void =>
    complete(draft, commandId, { result: 'success', data: what, again: true });
  switch (type) {
    case 'GetDirectory':
      return data({ entries: merged(house.directory, read('directory')?.entries ?? []) });
    case 'GetScripts': {
      const scripts = read('scripts')?.scripts ?? [];
      return data({ scripts: scripts.map(({ scriptId, scriptName }) => ({ scriptId, scriptName })) });
    }
    case 'GetNotReadyReasons': {
      const reasonCodes = either(read('notreadyreasons')?.reasons ?? [], house.notReadyReasons);
      complete(draft, commandId, SUCCESS);
      return draft.emit('NotReadyReasonsUpdated', target, { reasonCodes });
    }
    case 'GetLogoutReasons': {
      const logoutReasons = either(read('logoutreasons')?.reasons ?? [], house.logoutReasons);
      complete(draft, commandId, SUCCESS);
      return draft.emit('LogoutReasonsUpdated', target, { logoutReasons });
    }
    case 'GetDispositions': {
      const dispositions = either(read('dispositions')?.dispositions ?? [], house.dispositions);
      complete(draft, commandId, SUCCESS);
      return draft.emit('DispositionsUpdated', target, { dispositions });
    }
  }
};

/** Begins to get a list: from the switch if it has one, else at once from what is configured. */
export const getList = (draft: Draft, command: ListCommand, commandId: string): void => {
  const { capability, read } = SOURCES[command.type];
  if (offers(draft.state(), capability)) ask(draft, { type: read, target: command.target }, commandId);
  else answerWith(draft, command, commandId, null);
};

const isList = (command: { readonly type: string } | undefined): command is ListCommand =>
  command !== undefined && command.type in SOURCES;

/** Whether what is asked for comes out of the configuration alone, without the switch. */
export const isConfigured = (state: SessionState, command: { readonly type: string }): boolean =>
  isList(command) && !offers(state, SOURCES[command.type].capability);

/** Why nobody could be told of a list any more: a success without its event would be none. */
const untold = (state: SessionState, target: Target): CommandOutcome | null => {
  if (state.phase === 'LOGGING_OUT') {
    return { result: 'failure', code: 'INVALID_STATE', message: 'The session is logging out.' };
  }
  const onChannel = target.channel !== undefined;
  return onChannel && knownChannel(state, formatTarget(target)) === undefined ? GONE : null;
};

/** Answers whoever asked for a list with what the switch said. */
export const followList = (draft: Draft, { commandId }: PendingRequest, answer: SwitchAnswer): void => {
  const pending = commandUnderWay(draft.state(), commandId);
  if (pending === undefined || !isList(pending.command)) return;
  const failed = answer.ok ? untold(draft.state(), pending.command.target) : outcomeOf(answer);
  if (failed !== null) complete(draft, commandId, failed);
  else if (answer.ok) answerWith(draft, pending.command, pending.commandId, answer.reading);
};
