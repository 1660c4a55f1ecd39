import { err, ok, type Result } from '@cordboard/kernel';
import { type SwitchDriver, type SwitchOperation } from './switch-driver.ts';

/** Does something in the switch; a refusal comes back in words. */
export type CarryOut = (operation: SwitchOperation) => Result<void, string>;

export const carryOutIn =
  (driver: SwitchDriver): CarryOut =>
  (operation) => {
    const decided = driver.apply(operation);
    return decided.ok ? ok(undefined) : err(decided.error.message);
  };
