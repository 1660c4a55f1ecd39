import { isId, isSessionId } from './ids.ts';
import { err, ok, type Result } from './result.ts';

/** The kinds of object that a session holds, from the root down. */
export type ObjectKind = 'session' | 'channelgroup' | 'channel' | 'interaction' | 'conversation';

/**
 * The hierarchical address of one object. `channelgroup` is absent for a stand-alone channel and what is
 * below it; the deepest id present is the object addressed.
 */
export interface Target {
  readonly session: string;
  readonly channelgroup?: string | undefined;
  readonly channel?: string | undefined;
  readonly interaction?: string | undefined;
  readonly conversation?: string | undefined;
}

/** Five NATS tokens, `_` for an absent level. */
export type TargetTokens = readonly [string, string, string, string, string];

const LEVELS = ['channel', 'interaction', 'conversation'] as const;
const ABSENT = '_';

/** The kind of the object that a target addresses. */
export const targetKind = (target: Target): ObjectKind => {
  if (target.conversation !== undefined) return 'conversation';
  if (target.interaction !== undefined) return 'interaction';
  if (target.channel !== undefined) return 'channel';
  return target.channelgroup === undefined ? 'session' : 'channelgroup';
};

const idsOf = (target: Target): readonly (string | undefined)[] => [
  target.session,
  target.channelgroup,
  target.channel,
  target.interaction,
  target.conversation,
];

/** The dotted path of the wire: `S`, `S.G`, `S.G.C`, `S.C` and so on. */
export const formatTarget = (target: Target): string =>
  idsOf(target)
    .filter((id) => id !== undefined)
    .join('.');

/** The five tokens of a NATS subject. */
export const targetTokens = (target: Target): TargetTokens =>
  idsOf(target).map((id) => id ?? ABSENT) as unknown as TargetTokens;

/**
 * Reads a dotted path as the address of an object of the given kind (agent protocol A7): for a kind with two
 * legal lengths the longer one means "in a channel group".
 */
export const parseTarget = (kind: ObjectKind, path: string): Result<Target, 'INVALID_TARGET'> => {
  const [session, ...rest] = path.split('.');
  if (!isSessionId(session) || !rest.every(isId)) return err('INVALID_TARGET');
  if (kind === 'session') return rest.length === 0 ? ok({ session }) : err('INVALID_TARGET');
  if (kind === 'channelgroup') {
    return rest.length === 1 ? ok({ session, channelgroup: rest[0] }) : err('INVALID_TARGET');
  }
  const depth = LEVELS.indexOf(kind) + 1;
  if (rest.length !== depth && rest.length !== depth + 1) return err('INVALID_TARGET');
  const grouped = rest.length === depth + 1;
  const ids = grouped ? rest.slice(1) : rest;
  const levels = Object.fromEntries(LEVELS.slice(0, depth).map((level, index) => [level, ids[index]]));
  return ok({ session, ...(grouped ? { channelgroup: rest[0] } : {}), ...levels });
};

/** Reads five subject tokens back; a level below an absent one is refused, but for a stand-alone channel. */
export const parseTokens = (tokens: readonly string[]): Result<Target, 'INVALID_TARGET'> => {
  if (tokens.length !== 5) return err('INVALID_TARGET');
  const [session, channelgroup, channel, interaction, conversation] = tokens.map((token) =>
    token === ABSENT ? undefined : token,
  );
  const below = [channelgroup, channel, interaction, conversation];
  if (!isSessionId(session) || !below.every((id) => id === undefined || isId(id)))
    return err('INVALID_TARGET');
  const hole =
    (interaction !== undefined && channel === undefined) ||
    (conversation !== undefined && interaction === undefined);
  return hole ? err('INVALID_TARGET') : ok({ session, channelgroup, channel, interaction, conversation });
};

/** The address of the parent object; a session is its own parent. */
export const parentTarget = (target: Target): Target => {
  const { session, channelgroup, channel, interaction } = target;
  switch (targetKind(target)) {
    case 'conversation':
      return { session, channelgroup, channel, interaction };
    case 'interaction':
      return { session, channelgroup, channel };
    case 'channel':
      return { session, channelgroup };
    case 'channelgroup':
    case 'session':
      return { session };
  }
};
