import { IsBoolean, IsOptional } from 'class-validator';
import { type JsonObject } from '@cordboard/kernel';
import { filled, flag, textOrNumber } from './coerce.ts';
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

/** Data of `session.request.logout` (agent protocol B1 row 2); the reason is an addition of ours. */
export class LogoutData {
  /** Logout reason code, for platforms that want one. */
  @IsOptional()
  @Line(1, 64)
  reason?: string;
}

export const readLogout = (data: JsonObject): LogoutData =>
  filled(new LogoutData(), { reason: textOrNumber(data.reason) });

/** Data of `session.request.incontact.addressbook` (agent protocol B1 row 12). */
export class AddressBookData {
  /** Whether changes are told from now on. */
  @IsBoolean()
  realtime!: boolean;
}

export const readAddressBook = (data: JsonObject): AddressBookData =>
  filled(new AddressBookData(), { realtime: flag(data.realtime) });
