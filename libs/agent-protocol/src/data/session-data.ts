import { IsOptional } from 'class-validator';
import { type JsonObject } from '@cordboard/kernel';
import { filled, textOrNumber } from './coerce.ts';
import { Line } from './line.ts';

/** Data of `session.start` (agent protocol B1 row 1). */
export class StartSessionData {
  /** The agent's telephone; for platforms that cannot tell it from the log-in. */
  @IsOptional()
  @Line(1, 64)
  extension?: string;
}

export const readStartSession = (data: JsonObject): StartSessionData =>
  filled(new StartSessionData(), { extension: textOrNumber(data.extension) });
