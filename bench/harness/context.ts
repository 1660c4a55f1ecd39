import { type PrivateDatabase } from '@cordboard/testing';
import { type Disk, type Found, type Mode, type Row } from './row.ts';

/** A Postgres of the bench's own: it waits for its disk as in production. One set of data through all disks. */
export interface BenchPostgres {
  /** Restarts the server when it is on another disk; every connection ends, databases and their URLs stay. */
  readonly on: (disk: Disk) => Promise<void>;
  /** A migrated database, empty or a copy of what was kept under that name. */
  readonly database: (template?: string) => Promise<PrivateDatabase>;
  /** Keeps a copy to make others from; nobody may be connected to it meanwhile. */
  readonly keepAsTemplate: (database: PrivateDatabase, name: string) => Promise<void>;
  /** Whether something was kept under that name, by this group or one before it. */
  readonly isKept: (name: string) => Promise<boolean>;
  /** URL of the superuser. */
  readonly adminUrl: string;
  /** The process that all others of the server descend from; 0 until the first database is made. */
  readonly pid: () => number;
}

/** What a group is given. */
export interface Context {
  readonly mode: Mode;
  /** Rounds that count; one more of each warms up. */
  readonly rounds: number;
  readonly roundMs: number;
  /** How many sessions work at once, from few to many. */
  readonly sessions: readonly number[];
  /** Those to run, `as is` first. */
  readonly disks: readonly Disk[];
  /** Lets this process collect its garbage. */
  readonly collect: () => void;
  /** Says what is being done now; not part of the result. */
  readonly progress: (text: string) => void;
  /** Tells what is known already: it stands even when the group raises or is ended later. */
  readonly give: (found: Found) => void;
  readonly postgres: BenchPostgres;
}

/** A row before anybody knows its figures. */
export type Announced = Omit<Row, 'figures' | 'why'>;

/** Rows that belong together, in a process of their own: one that raises or takes too long does not hurt the others. */
export interface Group {
  readonly name: string;
  /** One line for `--list`. */
  readonly says: string;
  readonly run: (context: Context) => Promise<Found>;
  /** The rows it will give, so that they are told as not run when it fails; without the disk in their ids. */
  readonly rows?: readonly Announced[];
  /** Seconds after which it is ended; `BUDGET_S` when left out. */
  readonly budgetS?: Readonly<Record<Mode, number>>;
}

/** Seconds that a group may take when it does not say. */
export const BUDGET_S: Readonly<Record<Mode, number>> = { quick: 90, full: 540, long: 7_200 };
