import { type ObjectKind } from '@cordboard/kernel';

/**
 * An object by the ids that the switch knows it by. `agent` names the session; the deepest id present is the
 * object meant. A stand-alone channel, and what is below it, has no group.
 */
export interface NativeAddress {
  readonly agent: string;
  readonly group?: string | undefined;
  readonly channel?: string | undefined;
  readonly interaction?: string | undefined;
  readonly conversation?: string | undefined;
}

/** A channel group. */
export interface GroupAddress extends NativeAddress {
  readonly group: string;
}
/** A channel. */
export interface ChannelAddress extends NativeAddress {
  readonly channel: string;
}
/** An interaction on a channel. */
export interface InteractionAddress extends ChannelAddress {
  readonly interaction: string;
}
/** A conversation: one leg of a call. */
export interface ConversationAddress extends InteractionAddress {
  readonly conversation: string;
}

const LEVEL_NAMES = {
  session: 'agent',
  channelgroup: 'group',
  channel: 'channel',
  interaction: 'interaction',
  conversation: 'conversation',
} as const satisfies Record<ObjectKind, keyof NativeAddress>;

/** One step of the way from the session down. */
export interface NativeStep {
  readonly kind: ObjectKind;
  readonly nativeId: string;
}

const BELOW_SESSION = ['channelgroup', 'channel', 'interaction', 'conversation'] as const;

/** The way from the session down; a stand-alone channel comes without a group. */
export const nativePath = (at: NativeAddress): readonly NativeStep[] =>
  BELOW_SESSION.flatMap((kind) => {
    const nativeId = at[LEVEL_NAMES[kind]];
    return nativeId === undefined ? [] : [{ kind, nativeId }];
  });

/** The address level that names an object of this kind. */
export const levelOf = (kind: ObjectKind): keyof NativeAddress => LEVEL_NAMES[kind];
