import { IsObject, IsOptional, ValidateNested } from 'class-validator';
import { type Json, type JsonObject } from '@cordboard/kernel';
import { filled, filledFrom, given, textOrList, textOrNumber, trimmed } from './coerce.ts';
import { BoundedObject, Line } from './line.ts';

class ActivateOptions {
  /** Queues to log into or out of, parted by commas. */
  @IsOptional()
  @Line(0, 256)
  queue?: string;
}

class DeactivateOptions extends ActivateOptions {
  /** Logout reason code. */
  @IsOptional()
  @Line(0, 64)
  reason?: string;
}

/** Data of `channel.request.activate` (agent protocol B3 row 16); either spelling of the key (E8). */
export class ActivateData {
  @IsOptional()
  @ValidateNested()
  @IsObject()
  channelOptions?: ActivateOptions;
}

/** Data of `channel.request.deactivate` (agent protocol B3 row 17); either spelling of the key (E8). */
export class DeactivateData {
  @IsOptional()
  @ValidateNested()
  @IsObject()
  channelOptions?: DeactivateOptions;
}

const optionsOf = (data: JsonObject): Json | undefined =>
  given(data.channelOptions) ?? given(data.channeloptions);

export const readActivate = (data: JsonObject): ActivateData =>
  filled(new ActivateData(), {
    channelOptions: filledFrom(optionsOf(data), ({ queue }) =>
      filled(new ActivateOptions(), { queue: textOrList(queue) }),
    ),
  });

export const readDeactivate = (data: JsonObject): DeactivateData =>
  filled(new DeactivateData(), {
    channelOptions: filledFrom(optionsOf(data), ({ queue, reason }) =>
      filled(new DeactivateOptions(), { queue: textOrList(queue), reason: textOrNumber(reason) }),
    ),
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
