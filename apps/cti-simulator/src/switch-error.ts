import { type Result } from '@cordboard/kernel';
import { type SwitchRejection } from '@cordboard/switch-sim';
import { HttpException, HttpStatus } from '@nestjs/common';

const STATUS = {
  unknown: HttpStatus.NOT_FOUND,
  'wrong-state': HttpStatus.CONFLICT,
  invalid: HttpStatus.BAD_REQUEST,
  limit: HttpStatus.TOO_MANY_REQUESTS,
} as const satisfies Record<SwitchRejection['code'], HttpStatus>;

/** The value, or the refusal of the switch as an HTTP answer. */
export const orHttpError = <Value>(result: Result<Value, SwitchRejection>): Value => {
  if (result.ok) return result.value;
  const { code, message } = result.error;
  throw new HttpException({ statusCode: STATUS[code], error: code, message }, STATUS[code]);
};
