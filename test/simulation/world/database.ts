import { type EncodedAppend, emptyLog, type MemoryLog } from '@cordboard/event-store';
import { type Host } from './host.ts';
import { type Random } from './random.ts';
import { type Scheduler } from './scheduler.ts';

/** What becomes of one statement. */
type StatementFate = 'done' | 'answer-lost' | 'never-done';

/** One connection to the database. */
export interface Session {
  /** Runs a statement at the server and brings its answer back; rejects when the connection is lost. */
  readonly run: <T>(label: string, statement: () => T) => Promise<T>;
  /** Hears once that the connection is gone. */
  readonly onLost: (task: () => void) => void;
  /** Hears once, at the server, that it serves the connection no more. */
  readonly onDropped: (task: () => void) => void;
  readonly end: () => void;
  /** The server ends it. */
  readonly drop: () => void;
  /** The server has a process for it. */
  readonly isServed: () => boolean;
}

/** The database server: its tables, and the way to them. */
export interface Database {
  readonly log: MemoryLog;
  /** Its own clock, in whole ms. */
  readonly now: () => number;
  readonly connect: (host: Host) => Session;
  /** Ends all connections; there are no new ones for so long. */
  readonly restart: (downMs: number) => void;
  /** For so long each statement takes up to `extraMs` longer. */
  readonly slow: (forMs: number, extraMs: number) => void;
  /** Decides about statements; set by the faults. */
  fate: (label: string, host: Host) => StatementFate;
  /** Whether it will ever take this append's rows; asked once for each, set by the faults. */
  takes: (append: EncodedAppend) => boolean;
  /** When each row was stored: the step of the world, and its time. */
  readonly storedAt: Map<string, { readonly step: number; readonly at: number }>;
  readonly noteStored: (sessionId: string, seq: number) => void;
}

const LOST = 'the connection to the database was lost';
/** A server notices that its client is gone within so long. */
const NOTICE_MS = 3;

export const createDatabase = (scheduler: Scheduler, random: Random): Database => {
  let downUntil = 0;
  let slowUntil = 0;
  let extraMs = 0;
  const sessions = new Set<{ readonly drop: () => void }>();

  const hop = (): number =>
    0.1 + random.next() * 0.4 + (scheduler.now() < slowUntil ? random.next() * extraMs : 0);

  const storedAt: Database['storedAt'] = new Map();

  const database: Database = {
    log: emptyLog(),
    now: () => Math.floor(scheduler.now()),
    fate: () => 'done',
    takes: () => true,
    storedAt,
    noteStored: (sessionId, seq) =>
      void storedAt.set(`${sessionId}/${String(seq)}`, { step: scheduler.step(), at: scheduler.now() }),
    slow: (forMs, extra) => {
      slowUntil = scheduler.now() + forMs;
      extraMs = extra;
    },
    restart: (downMs) => {
      downUntil = scheduler.now() + downMs;
      for (const session of [...sessions]) session.drop();
    },
    connect: (host) => {
      let open = true;
      let served = true;
      let last = 0;
      const losing: (() => void)[] = [];
      const dropping: (() => void)[] = [];
      const rejects = new Set<() => void>();

      const lose = (): void => {
        if (!open) return;
        open = false;
        for (const reject of [...rejects]) reject();
        for (const task of losing) task();
      };
      const drop = (): void => {
        if (!served) return;
        served = false;
        for (const task of dropping) task();
        sessions.delete(session);
        scheduler.at(scheduler.now() + random.next(), host, 'database lost', lose);
      };
      const session = { drop };
      sessions.add(session);
      host.onCrash(() =>
        scheduler.at(scheduler.now() + random.next() * NOTICE_MS, null, 'client gone', drop),
      );

      const run = <T>(label: string, statement: () => T): Promise<T> =>
        new Promise((resolve, reject) => {
          const fail = (): void => {
            rejects.delete(fail);
            reject(new Error(LOST));
          };
          if (!open) return fail();
          rejects.add(fail);
          last = Math.max(last + 0.001, scheduler.now() + hop());
          scheduler.at(last, null, `statement ${label}`, () => {
            if (!served) return;
            if (scheduler.now() < downUntil) return drop();
            const fate = database.fate(label, host);
            if (fate === 'never-done') return drop();
            const result = statement();
            if (fate === 'answer-lost') return drop();
            last = Math.max(last + 0.001, scheduler.now() + hop());
            scheduler.at(last, host, `answered ${label}`, () => {
              if (!rejects.delete(fail)) return;
              resolve(result);
            });
          });
        });

      return {
        run,
        onLost: (task) => void losing.push(task),
        onDropped: (task) => void dropping.push(task),
        drop,
        isServed: () => served,
        end: () => {
          scheduler.at(scheduler.now() + random.next(), null, 'client ends', drop);
          lose();
        },
      };
    },
  };
  return database;
};
