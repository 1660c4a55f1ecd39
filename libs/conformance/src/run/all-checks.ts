import { commandChecks } from '../rows/command-checks.ts';
import { fieldChecks } from '../rows/field-checks.ts';
import { frameChecks } from '../rows/frame-checks.ts';
import { needInfoChecks } from '../rows/need-info-checks.ts';
import { phaseChecks } from '../rows/phase-checks.ts';
import { profileChecks } from '../rows/profile-checks.ts';
import { type CheckGroup } from '../rows/row.ts';
import { SCRIPTS } from '../rows/scripts.ts';
import { targetChecks } from '../rows/target-checks.ts';
import { unaskedChecks } from '../rows/unasked-checks.ts';
import { workChecks } from '../rows/work-checks.ts';

/** Everything that the suite checks; what takes long comes first. */
const allChecks = (): readonly CheckGroup[] => [
  ...SCRIPTS.map(commandChecks),
  ...needInfoChecks(),
  ...workChecks(),
  ...unaskedChecks(),
  ...profileChecks(),
  ...phaseChecks(),
  ...frameChecks(),
  ...fieldChecks(),
  ...targetChecks(),
];

/** Those about one row, or about the rows that begin so; all of them without a name. */
export const checksOf = (only: string | undefined): readonly CheckGroup[] =>
  only === undefined
    ? allChecks()
    : allChecks()
        .map(({ name, checks }) => ({ name, checks: checks.filter(({ row }) => row.startsWith(only)) }))
        .filter(({ checks }) => checks.length > 0);
