import { IsBoolean, IsObject, ValidateNested } from 'class-validator';
import { type Json, type JsonObject } from '@cordboard/kernel';
import { filled, filledFrom, flag, given, textOrNumber, trimmed } from './coerce.ts';
import { Id, Line } from './line.ts';

/** A channel by what the switch calls it. */
class ChannelAtSwitch {
  @Line(1, 128)
  endpoint!: string;

  /** Upper case, as events carry it (E10); sent in any. */
  @Line(1, 32)
  type!: string;
}

/** Data of `session.request.addchannel` (agent protocol B1 row 3). */
export class AddChannelData {
  @ValidateNested()
  @IsObject()
  channel!: ChannelAtSwitch;
}

const upperCase = (value: Json | undefined): Json | undefined =>
  typeof value === 'string' ? value.trim().toUpperCase() : value;

const readChannel = ({ endpoint, type }: JsonObject): ChannelAtSwitch =>
  filled(new ChannelAtSwitch(), { endpoint: trimmed(textOrNumber(endpoint)), type: upperCase(type) });

export const readAddChannel = (data: JsonObject): AddChannelData =>
  filled(new AddChannelData(), { channel: filledFrom(data.channel, readChannel) });

/** An object of the session by the id that its `*.created` event gave. */
class KnownObject {
  @Id()
  id!: string;
}

const readKnown = ({ id }: JsonObject): KnownObject => filled(new KnownObject(), { id: textOrNumber(id) });

/** Data of `session.request.removechannel` (agent protocol B1 row 4) and `removechannelgroup` (row 6). */
export class RemoveObjectData {
  /** The channel; for `removechannelgroup` the group, whose key is `channel` all the same (E12). */
  @ValidateNested()
  @IsObject()
  channel!: KnownObject;
}

export const readRemoveChannel = (data: JsonObject): RemoveObjectData =>
  filled(new RemoveObjectData(), { channel: filledFrom(data.channel, readKnown) });

export const readRemoveChannelGroup = (data: JsonObject): RemoveObjectData =>
  filled(new RemoveObjectData(), {
    channel: filledFrom(given(data.channel) ?? data.channelgroup, readKnown),
  });

/** A group to be, with the media that the agent wants in it. */
class NewChannelGroup {
  @Line(1, 64)
  name!: string;

  @IsBoolean()
  chat!: boolean;

  @IsBoolean()
  email!: boolean;

  @IsBoolean()
  callback!: boolean;
}

/** Data of `session.request.addchannelgroup` (agent protocol B1 row 5). */
export class AddChannelGroupData {
  @ValidateNested()
  @IsObject()
  channelgroup!: NewChannelGroup;
}

const readGroup = ({ name, chat, email, callback }: JsonObject): NewChannelGroup =>
  filled(new NewChannelGroup(), {
    name: trimmed(name),
    chat: flag(chat),
    email: flag(email),
    callback: flag(callback),
  });

export const readAddChannelGroup = (data: JsonObject): AddChannelGroupData =>
  filled(new AddChannelGroupData(), { channelgroup: filledFrom(data.channelgroup, readGroup) });
