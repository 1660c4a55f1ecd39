import { ArrayMaxSize, IsArray, IsOptional, ValidateNested } from 'class-validator';
import { type Json, type JsonObject } from '@cordboard/kernel';
import { filled, filledFrom, given, textOrList, textOrNumber } from './coerce.ts';
import { Id, Line } from './line.ts';

const MAX_CHANNELS = 256;

/** Options of one channel of the group. */
class MemberOptions {
  /** The channel. */
  @Id()
  id!: string;

  /** Queues to log into, parted by commas. */
  @IsOptional()
  @Line(0, 256)
  queue?: string;
}

/** Data of `channelgroup.request.activateall` (agent protocol B2 row 14); either spelling of the key (E8). */
export class ActivateAllData {
  @IsOptional()
  @ValidateNested({ each: true })
  @ArrayMaxSize(MAX_CHANNELS)
  @IsArray()
  channelOptions?: MemberOptions[];
}

const readMember = ({ id, queue }: JsonObject): MemberOptions =>
  filled(new MemberOptions(), { id: textOrNumber(id), queue: textOrList(queue) });

/** One more than are allowed is enough to refuse the rest unread. */
const readMembers = (options: Json | undefined): unknown =>
  Array.isArray(options)
    ? options.slice(0, MAX_CHANNELS + 1).map((item: Json) => filledFrom(item, readMember))
    : options;

export const readActivateAll = (data: JsonObject): ActivateAllData =>
  filled(new ActivateAllData(), {
    channelOptions: readMembers(given(data.channelOptions) ?? given(data.channeloptions)),
  });
