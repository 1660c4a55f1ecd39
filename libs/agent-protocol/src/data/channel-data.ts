import { IsObject, IsOptional, ValidateNested } from 'class-validator';
import { type JsonObject } from '@cordboard/kernel';
import { filled, filledFrom, given, textOrList, textOrNumber, trimmed } from './coerce.ts';
import { BoundedObject, Line } from './line.ts';

/** Options of activate and deactivate (agent protocol B3 rows 16 and 17). */
export class ChannelOptions {
  /** Queues to log into or out of, parted by commas. */
  @IsOptional()
  @Line(0, 256)
  queue?: string;

  /** Logout reason code. */
  @IsOptional()
  @Line(0, 64)
  reason?: string;
}

/** Data of `channel.request.activate` and `channel.request.deactivate`; either spelling of the key (E8). */
export class ChannelOptionsData {
  @IsOptional()
  @ValidateNested()
  @IsObject()
  channelOptions?: ChannelOptions;
}

const readOptions = (options: JsonObject): ChannelOptions =>
  filled(new ChannelOptions(), { queue: textOrList(options.queue), reason: textOrNumber(options.reason) });

export const readChannelOptions = (data: JsonObject): ChannelOptionsData =>
  filled(new ChannelOptionsData(), {
    channelOptions: filledFrom(given(data.channelOptions) ?? given(data.channeloptions), readOptions),
  });

/** Data of `channel.request.notready` (agent protocol B3 row 19). */
export class NotReadyData {
  /** `acw` for after-call work, else a reason code of the switch. */
  @Line(1, 64)
  reasoncode!: string;

  @IsOptional()
  @Line(0, 256)
  reasondesc?: string;
}

export const readNotReady = (data: JsonObject): NotReadyData =>
  filled(new NotReadyData(), {
    reasoncode: trimmed(textOrNumber(data.reasoncode)),
    reasondesc: textOrNumber(data.reasondesc),
  });

/** Data of `channel.request.dial` (agent protocol B3 row 20). */
export class DialData {
  /** Number or address, 1 to 128 characters. */
  @Line(1, 128)
  destination!: string;

  /** Passed on to the switch as it is. */
  @IsOptional()
  @BoundedObject(8_192)
  extensions?: JsonObject;
}

export const readDial = (data: JsonObject): DialData =>
  filled(new DialData(), {
    destination: trimmed(textOrNumber(data.destination)),
    extensions: given(data.extensions),
  });
