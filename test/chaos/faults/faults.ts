import { ADAPTER_FAULTS } from './adapter.ts';
import { BROWSER_FAULTS } from './browsers.ts';
import { type Fault } from './fault.ts';
import { LINK_FAULTS } from './links.ts';
import { MESSAGE_FAULTS } from './messages.ts';
import { PROCESS_FAULTS } from './processes.ts';
import { SERVER_FAULTS } from './servers.ts';

/** Every fault there is. Every command is sent one to five times in any case. */
export const FAULTS: readonly Fault[] = [
  ...PROCESS_FAULTS,
  ...LINK_FAULTS,
  ...SERVER_FAULTS,
  ...MESSAGE_FAULTS,
  ...ADAPTER_FAULTS,
  ...BROWSER_FAULTS,
];

/** The faults of these names, or whose names begin so; an unknown one raises. */
export const faultsNamed = (names: readonly string[]): readonly Fault[] =>
  names.flatMap((name) => {
    const found = FAULTS.filter((fault) => fault.name === name || fault.name.startsWith(`${name}-`));
    if (found.length === 0) throw new Error(`There is no fault ${name}; --list names them.`);
    return found;
  });
