import { type Invariant, violationOf } from './records.ts';

const violation = violationOf('nothing waits for ever');

/** Each command was answered, and no request to the switch outlived its deadline. */
export const nothingWaits: Invariant = ({ clients, waiting }) => [
  ...clients.flatMap(({ session, entries }) =>
    entries.flatMap((entry) =>
      entry.kind === 'unanswered'
        ? [violation(session, null, `${entry.command} ${entry.id} was never answered`)]
        : [],
    ),
  ),
  ...waiting.map(({ session, what }) => violation(session, null, what)),
];
