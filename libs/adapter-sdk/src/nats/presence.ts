import { subjects } from '@cordboard/bus';
import { controlTarget, type ProcessorStatus } from '@cordboard/cti-protocol';
import { HELLO_EVERY_MS, MAX_STATUSES, STATUS_EVERY_MS } from './limits.ts';
import { type LinkContext } from './link-context.ts';

/** How a peer makes itself known: hello from the start, its last status again and again (docs/contracts.md). */
export interface Presence {
  readonly start: () => void;
  /** A new connection: says at once what it would say again and again. */
  readonly connected: () => void;
  /** The peer told its status: it is said now, unless there were many lately, and every second from now on. */
  readonly said: (status: ProcessorStatus, reason: string | undefined) => void;
  /** The peer is gone: that is said at once. */
  readonly gone: (reason: string) => void;
  /** The link itself changes the status; it is said if anybody has heard of one. */
  readonly set: (status: ProcessorStatus) => void;
  /** Says nothing more. */
  readonly end: () => void;
}

/** Runs `task` again and again; the returned function ends it. */
const every = (clock: LinkContext['clock'], delayMs: number, task: () => void): (() => void) => {
  let cancel = (): void => undefined;
  const next = (): void => {
    cancel = clock.after(delayMs, () => {
      next();
      task();
    });
  };
  next();
  return () => cancel();
};

export const createPresence = (context: LinkContext, openSessions: () => number): Presence => {
  const { source, clock, tenant, processor, instance, incarnation, metrics } = context;
  let last: { readonly status: ProcessorStatus; readonly reason: string | undefined } | null = null;
  let saidLately = 0;
  let stopHello = (): void => undefined;
  let stopStatus: (() => void) | null = null;

  const hello = (): void => {
    const body = JSON.stringify({ processor, instance, incarnation });
    source.current()?.publish(subjects.ctiHello(tenant, processor), body);
  };
  const say = (): void => {
    if (last === null) return;
    const header = { type: 'cti.event', name: 'cti.status', target: controlTarget(processor) };
    const body = { ...last, instance, incarnation, sessions: openSessions() };
    source.current()?.publish(subjects.ctiStatus(tenant, processor), JSON.stringify({ header, body }));
  };

  const repeat = (): void => {
    saidLately = 0;
    say();
  };

  return {
    start: () => (stopHello = every(clock, HELLO_EVERY_MS, hello)),
    connected: () => {
      hello();
      say();
    },
    said: (status, reason) => {
      last = { status, reason };
      saidLately += 1;
      if (saidLately <= MAX_STATUSES) say();
      else metrics.count('events_dropped');
      stopStatus ??= every(clock, STATUS_EVERY_MS, repeat);
    },
    gone: (reason) => {
      last = { status: 'STOPPED', reason };
      say();
    },
    set: (status) => {
      if (last === null || last.status === status) return;
      last = { status, reason: last.reason };
      say();
    },
    end: () => {
      stopHello();
      stopStatus?.();
    },
  };
};
