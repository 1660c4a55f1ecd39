import { subjects } from '@cordboard/bus';
import { controlTarget, type ProcessorStatus } from '@cordboard/cti-protocol';
import { type AdapterOptions } from './adapter-context.ts';
import { HELLO_EVERY_MS, STATUS_EVERY_MS } from './limits.ts';
import { eventMessage, messageText } from './wire.ts';

/** How an adapter makes itself known: hello from the start, its status once asked for (docs/contracts.md). */
export interface Presence {
  readonly start: () => void;
  /** A worker asked: says the status now and every second from now on. */
  readonly asked: () => void;
  readonly set: (status: ProcessorStatus, reason?: string) => void;
  readonly status: () => ProcessorStatus;
  /** Says nothing more. */
  readonly end: () => void;
}

/** Runs `task` again and again; the returned function ends it. */
const every = (clock: AdapterOptions['clock'], delayMs: number, task: () => void): (() => void) => {
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

export const createPresence = (
  options: Pick<AdapterOptions, 'bus' | 'clock' | 'tenant' | 'processor' | 'instance'>,
  incarnation: string,
  openSessions: () => number,
): Presence => {
  const { bus, clock, tenant, processor, instance } = options;
  let status: ProcessorStatus = 'STARTING';
  let reason: string | undefined;
  let stopHello = (): void => undefined;
  let stopStatus: (() => void) | null = null;

  const hello = (): void =>
    void bus.publish(
      subjects.ctiHello(tenant, processor),
      JSON.stringify({ processor, instance, incarnation }),
    );
  const say = (): void => {
    const body = { status, reason, instance, incarnation, sessions: openSessions() };
    const text = messageText(eventMessage('cti.status', controlTarget(processor), body));
    bus.publish(subjects.ctiStatus(tenant, processor), text);
  };

  return {
    start: () => {
      hello();
      stopHello = every(clock, HELLO_EVERY_MS, hello);
    },
    asked: () => {
      say();
      stopStatus ??= every(clock, STATUS_EVERY_MS, say);
    },
    set: (next, why) => {
      if (status === next && reason === why) return;
      status = next;
      reason = why;
      if (stopStatus !== null) say();
    },
    status: () => status,
    end: () => {
      stopHello();
      stopStatus?.();
    },
  };
};
