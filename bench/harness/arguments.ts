import { parseArgs } from 'node:util';
import { type Disk, type Mode } from './row.ts';
import { DISKS, MODES } from './settings.ts';

/** What `npm run bench -- …` asks for. */
export interface Asked {
  readonly mode: Mode;
  /** Names of groups; none means all. */
  readonly groups: readonly string[];
  readonly onlyDisks: readonly Disk[];
  /** The result as JSON on standard output, instead of tables. */
  readonly json: boolean;
  /** Fails when a row is worse than the baseline. */
  readonly compare: boolean;
  /** Puts what the named groups found in the results of the last run of all. */
  readonly keep: boolean;
  /** Keeps this run as the baseline. */
  readonly baseline: boolean;
}

export type Reading =
  | { readonly kind: 'run'; readonly asked: Asked }
  | { readonly kind: 'help' | 'list' }
  | { readonly kind: 'refused'; readonly why: string };

export const HELP = `npm run bench -- [GROUP...] [options]

Measures the engine against floors and peers, in turns, and prints a table of ratios.
Without a group all are run, and bench/results/ is written.

  --quick          3 rounds of 1 s, the disk as it is; under 5 minutes
  --long           7 rounds of 3 s and the rows that take hours
  --only-disk D    as-is, +1 or +4 (ms more for each flush); may be given more than once
  --compare        exit code 1 when a row is more than 15 % worse than bench/baseline.json
  --keep           with groups named: replace their part of bench/results/
  --baseline       keep what this run found in bench/baseline.json
  --json           print the result as JSON
  --list           the groups, and what each measures
  --help           this

Without --quick and --long: the full run, 5 rounds of 2 s on three disks; under 30 minutes.
Exit code 0: every row ran, even where a target is missed; 1: a group failed, or a comparison did.`;

const OPTIONS = {
  quick: { type: 'boolean' },
  full: { type: 'boolean' },
  long: { type: 'boolean' },
  'only-disk': { type: 'string', multiple: true },
  compare: { type: 'boolean' },
  keep: { type: 'boolean' },
  baseline: { type: 'boolean' },
  json: { type: 'boolean' },
  list: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

/** `+1`, `+1ms`, `+1 ms` and `as-is` are all good. */
const diskOf = (written: string): Disk | null => {
  const plain = (text: string): string => text.replace(/[- ]|ms$/g, '').replace(/ms$/, '');
  return DISKS.find((disk) => plain(disk) === plain(written)) ?? null;
};

const refused = (why: string): Reading => ({ kind: 'refused', why });

const parsed = (args: readonly string[]) =>
  parseArgs({ args: [...args], allowPositionals: true, options: OPTIONS });

const read = ({ values, positionals }: ReturnType<typeof parsed>, groups: readonly string[]): Reading => {
  if (values.help === true) return { kind: 'help' };
  if (values.list === true) return { kind: 'list' };
  const modes = MODES.filter((mode) => values[mode] === true);
  if (modes.length > 1) return refused(`--${modes.join(' and --')} exclude each other.`);
  const unknown = positionals.filter((name) => !groups.includes(name));
  if (unknown.length > 0)
    return refused(`There is no group ${unknown.join(', ')}: say ${groups.join(', ')}.`);
  const disks = (values['only-disk'] ?? []).map((written) => [written, diskOf(written)] as const);
  const noDisk = disks.find(([, disk]) => disk === null);
  if (noDisk !== undefined) return refused(`There is no disk ${noDisk[0]}: say as-is, +1 or +4.`);
  return {
    kind: 'run',
    asked: {
      mode: modes[0] ?? 'full',
      groups: positionals,
      onlyDisks: disks.flatMap(([, disk]) => disk ?? []),
      json: values.json === true,
      compare: values.compare === true,
      keep: values.keep === true,
      baseline: values.baseline === true,
    },
  };
};

/** Reads the arguments of the command line, given the names of all groups. */
export const readArguments = (args: readonly string[], groups: readonly string[]): Reading => {
  try {
    return read(parsed(args), groups);
  } catch (error) {
    return refused(`${error instanceof Error ? error.message : String(error)} See --help.`);
  }
};
