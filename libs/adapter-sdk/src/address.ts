import { type ObjectKind } from '@cordboard/kernel';

/**
 * An object by the ids that the switch knows it by. `agent` names the session; the deepest id present is the
 * object meant.
 */
export interface NativeAddress {
  readonly agent: string;
  readonly group?: string | undefined;
  readonly channel?: string | undefined;
  readonly interaction?: string | undefined;
  readonly conversation?: string | undefined;
}

export interface GroupAddress extends NativeAddress {
  readonly group: string;
}
export interface ChannelAddress extends NativeAddress {
  readonly channel: string;
}
export interface InteractionAddress extends ChannelAddress {
  readonly interaction: string;
}
export interface ConversationAddress extends InteractionAddress {
  readonly conversation: string;
}

/** The native ids from the session down, without gaps. */
export const nativePath = (at: NativeAddress): readonly string[] =>
  [at.group, at.channel, at.interaction, at.conversation].filter((id) => id !== undefined);

const LEVEL_NAMES = {
  session: 'agent',
  channelgroup: 'group',
  channel: 'channel',
  interaction: 'interaction',
  conversation: 'conversation',
} as const satisfies Record<ObjectKind, keyof NativeAddress>;

/** The address level that names an object of this kind. */
export const levelOf = (kind: ObjectKind): keyof NativeAddress => LEVEL_NAMES[kind];
