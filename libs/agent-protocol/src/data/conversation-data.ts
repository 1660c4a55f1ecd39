import { Matches } from 'class-validator';
import { type JsonObject } from '@cordboard/kernel';
import { filled, textOrNumber, trimmed } from './coerce.ts';
import { Line } from './line.ts';

/** Data of `conversation.request.senddtmf` (agent protocol B5 row 39). */
export class SendDtmfData {
  @Matches(/^[0-9*#]{1,64}$/, { message: '$property must be 1 to 64 of 0-9, * and #' })
  digits!: string;
}

export const readSendDtmf = (data: JsonObject): SendDtmfData =>
  filled(new SendDtmfData(), { digits: textOrNumber(data.digits) });

/** Data of `conversation.request.removeparty` (agent protocol B6). */
export class RemovePartyData {
  /** The party, as `conversation.member.added` named it. */
  @Line(1, 128)
  number!: string;
}

export const readRemoveParty = (data: JsonObject): RemovePartyData =>
  filled(new RemovePartyData(), { number: trimmed(textOrNumber(data.number)) });
