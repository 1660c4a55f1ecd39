import { type EventType, type SessionEvent } from '@cordboard/domain';
import {
  err,
  isJsonObject,
  type JsonObject,
  ok,
  parseTarget,
  type ObjectKind,
  type Result,
  type Target,
} from '@cordboard/kernel';
import { EVENT_SHAPES, type EventShape } from './event-shapes.ts';

/** What of a stored row makes up its event; `data` with personal fields in place. */
export interface StoredShape {
  readonly type: string;
  readonly version: number;
  readonly target: string;
  readonly name: string | null;
  readonly data: JsonObject;
}

const KINDS: readonly ObjectKind[] = ['session', 'channelgroup', 'channel', 'interaction', 'conversation'];

const isKind = (kind: unknown): kind is ObjectKind => KINDS.some((known) => known === kind);

/** Commands, requests and facts name their object in full, in rows of version 1 too; the row is about the same one. */
const innerTarget = ({ command, request, fact }: JsonObject, path: string): Target | null => {
  const about = [command, request, fact].find((part) => isJsonObject(part));
  const target = isJsonObject(about) ? about.target : undefined;
  if (!isJsonObject(target)) return null;
  const ids = KINDS.map((kind) => target[kind]).filter((id) => typeof id === 'string');
  return ids.join('.') === path ? (target as unknown as Target) : null;
};

/** A path of any object reads as in a group; outside groups the row's own data says more (`on`). */
const readAny = (path: string, data: JsonObject): Result<Target, 'INVALID_TARGET'> => {
  if (isKind(data.on)) return parseTarget(data.on, path);
  const inner = innerTarget(data, path);
  if (inner !== null) return ok(inner);
  return parseTarget(KINDS[path.split('.').length - 1] ?? 'session', path);
};

const readTarget = (
  on: EventShape['on'],
  path: string,
  data: JsonObject,
): Result<Target, 'INVALID_TARGET'> => {
  if (on === 'any') return readAny(path, data);
  if (on !== 'session-or-group') return parseTarget(on, path);
  return parseTarget(path.includes('.') ? 'channelgroup' : 'session', path);
};

const isType = (type: string): type is EventType => Object.hasOwn(EVENT_SHAPES, type);

/** Takes away what rendering added. */
const ownData = (name: string | null, data: JsonObject): JsonObject => {
  if (name === 'state.updated') {
    const { objectType: _objectType, capabilities: _capabilities, ...own } = data;
    return own;
  }
  if (!isKind(data.on)) return data;
  const { on: _on, ...own } = data;
  return own;
};

/**
 * The event of a stored row, for folding; the place where older versions are brought up to date. The error
 * says what cannot be read: an unknown type, a newer version, or a target that does not fit the type.
 */
export const fromRecord = ({
  type,
  version,
  target,
  name,
  data,
}: StoredShape): Result<SessionEvent, string> => {
  if (!isType(type)) return err(`events of type ${type} are unknown to this release`);
  const shape = EVENT_SHAPES[type];
  if (version > shape.version) {
    return err(`${type} has version ${version}, this release reads up to ${shape.version}`);
  }
  const read = readTarget(shape.on, target, data);
  if (!read.ok) return err(`${target} is no target of ${type}`);
  const silent = shape.name !== null && name === null ? { silent: true } : {};
  return ok({ type, target: read.value, data: ownData(name, data), ...silent } as unknown as SessionEvent);
};
