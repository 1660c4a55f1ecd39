import { Client } from 'pg';
import { type Context } from '../harness/context.ts';
import { cpuDuring } from '../harness/cpu.ts';
import { interleaved } from '../harness/rounds.ts';
import { type Contestant, type Written } from './contestants/contestant.ts';
import { type Step } from './recorded-call.ts';
import { newSessions } from './sessions.ts';

/** One turn of a contestant, checked: what it said that it had stored stands in its tables. */
export interface Turn extends Written {
  readonly walBytesAnEvent: number;
  /** CPU microseconds an event of this process and of Postgres; absent where the machine does not tell. */
  readonly cpuUsAnEvent: { readonly node?: number; readonly postgres?: number };
  readonly sessionIds: readonly string[];
}

export interface TurnOptions {
  readonly context: Pick<Context, 'collect' | 'postgres' | 'rounds' | 'roundMs'>;
  readonly call: readonly Step[];
  readonly sessions: number;
}

/** The same for another share of a turn's time. */
export const lasting = (share: number, options: TurnOptions): TurnOptions => ({
  ...options,
  context: { ...options.context, roundMs: options.context.roundMs * share },
});

const walPosition = async (admin: Client): Promise<number> => {
  const text = "SELECT pg_current_wal_insert_lsn() - '0/0' AS bytes";
  return Number((await admin.query<{ bytes: string }>(text)).rows[0]?.bytes);
};

const mustStand = async (name: string, contestant: Contestant, ids: readonly string[], events: number) => {
  const stored = await contestant.stored(ids);
  if (stored !== events)
    throw new Error(`${name} claims ${events} events, and ${stored} stand in its tables`);
};

/** One turn on new sessions, after what others left behind is written out and collected. */
export const oneTurn = async (
  name: string,
  contestant: Contestant,
  { context, call, sessions }: TurnOptions,
): Promise<Turn> => {
  const admin = new Client({ connectionString: context.postgres.adminUrl });
  await admin.connect();
  try {
    const given = newSessions(call, sessions);
    const sessionIds = given.map(({ id }) => id);
    await admin.query('CHECKPOINT');
    context.collect();
    const before = await walPosition(admin);
    let written: Written | undefined;
    const pids = { node: process.pid, postgres: context.postgres.pid() };
    const cpu = await cpuDuring(pids, async () => {
      written = await contestant.write(given, context.roundMs);
    });
    if (written === undefined) throw new Error(`${name} wrote nothing`);
    const { events } = written;
    const wal = (await walPosition(admin)) - before;
    await mustStand(name, contestant, sessionIds, events);
    const share = ([who, seconds]: readonly [string, number]) => [who, (seconds * 1e6) / events] as const;
    const cpuUsAnEvent = Object.fromEntries(Object.entries(cpu).map(share));
    return { ...written, walBytesAnEvent: wal / events, cpuUsAnEvent, sessionIds };
  } finally {
    await admin.end();
  }
};

/** Turns of all in turn, without those that warmed up. */
export const race = async <Name extends string>(
  contestants: Readonly<Record<Name, Contestant>>,
  options: TurnOptions,
): Promise<Readonly<Record<Name, readonly Turn[]>>> => {
  const names = Object.keys(contestants) as Name[];
  const turns = Object.fromEntries(names.map((name) => [name, [] as Turn[]])) as Record<Name, Turn[]>;
  const racing = Object.fromEntries(
    names.map((name) => [
      name,
      async () => turns[name].push(await oneTurn(name, contestants[name], options)),
    ]),
  ) as Record<Name, () => Promise<number>>;
  await interleaved(racing, options.context.rounds);
  return Object.fromEntries(names.map((name) => [name, turns[name].slice(1)])) as Record<Name, Turn[]>;
};

export const throughputs = (turns: readonly Turn[]): readonly number[] =>
  turns.map(({ eventsPerSecond }) => eventsPerSecond);
