import { type Bus, type BusMessage, type Subscription, subjects } from '@cordboard/bus';
import { type Clock } from '@cordboard/kernel';
import { type LiveEvent, readLiveEvent } from './live-event.ts';
import { Ring } from './ring.ts';
import { isPassing } from './splice.ts';

const MAX_BYTES = 64 * 1024 * 1024;
const MAX_IDLE = 20_000;

export interface HeardSessionsPorts {
  readonly bus: Pick<Bus, 'subscribe'>;
  readonly clock: Clock;
  /** How long a session is heard after its last listener went, in ms; 0: no longer than that. */
  readonly keepMs: number;
  readonly onMalformed: () => void;
  /** Bytes in all rings. */
  readonly onBytes: (bytes: number) => void;
  /** Sessions that are heard, listened to or not. */
  readonly onSessions: (sessions: number) => void;
}

type Listener = (event: LiveEvent) => void;

/** A listener's hold on a session. */
export interface Hearing {
  /** What was heard of the session lately, by whomever. */
  readonly ring: Ring;
  /** Whoever listens was let in: the session is heard on for a while after the last listener went. */
  readonly keep: () => void;
  readonly stop: () => void;
}

interface HeardSession {
  readonly key: string;
  readonly ring: Ring;
  readonly listeners: Set<Listener>;
  readonly subscription: Subscription;
  /** Somebody was let into it. */
  kept: boolean;
  ended: boolean;
  cancelEnd: () => void;
}

/**
 * The sessions that an edge hears, each once however many of its sockets want it, and for a while after the last
 * of them went: browsers that come back find what they missed here (design K13). Rings that were not used for the
 * longest time go first when all together grow too large, and so do sessions that nobody listens to.
 */
export class HeardSessions {
  readonly #sessions = new Map<string, HeardSession>();
  /** Those with something in their ring, the one used longest ago first. */
  readonly #used = new Set<HeardSession>();
  /** Those without a listener, the one left longest ago first. */
  readonly #idle = new Set<HeardSession>();
  #bytes = 0;

  constructor(private readonly ports: HeardSessionsPorts) {}

  hear(tenant: string, session: string, listener: Listener): Hearing {
    const key = `${tenant} ${session}`;
    const heard = this.#sessions.get(key) ?? this.#open(key, tenant, session);
    heard.cancelEnd();
    this.#idle.delete(heard);
    heard.listeners.add(listener);
    return {
      ring: heard.ring,
      keep: () => void (heard.kept = true),
      stop: () => this.#leave(heard, listener),
    };
  }

  #open(key: string, tenant: string, session: string): HeardSession {
    const heard: HeardSession = {
      key,
      ring: new Ring(),
      listeners: new Set(),
      // Deferred by one turn, as answers are (`SessionLine.ask`), so that both go out as they came in.
      subscription: this.ports.bus.subscribe(subjects.eventsOf(tenant, session), (message) =>
        queueMicrotask(() => this.#take(heard, message)),
      ),
      kept: false,
      ended: false,
      cancelEnd: () => undefined,
    };
    this.#sessions.set(key, heard);
    this.ports.onSessions(this.#sessions.size);
    return heard;
  }

  #take(heard: HeardSession, message: BusMessage): void {
    if (this.#sessions.get(heard.key) !== heard) return;
    const event = readLiveEvent(message);
    if (event === null) return this.ports.onMalformed();
    if (event.kind === 'object' && !isPassing(event.frame))
      this.#keep(heard, () => heard.ring.add(event.frame));
    if (event.kind === 'internal' && event.type === 'SessionClosed') heard.ended = true;
    for (const listener of heard.listeners) listener(event);
    if (heard.ended && heard.listeners.size === 0) this.#drop(heard);
  }

  #keep(heard: HeardSession, change: () => void): void {
    const before = heard.ring.bytes;
    change();
    this.#bytes += heard.ring.bytes - before;
    this.#used.delete(heard);
    if (heard.ring.bytes > 0) this.#used.add(heard);
    const [oldest] = this.#used;
    if (this.#bytes > MAX_BYTES && oldest !== undefined) this.#forget(oldest);
    else this.ports.onBytes(this.#bytes);
  }

  #forget(heard: HeardSession): void {
    if (heard.listeners.size === 0) this.#drop(heard);
    else this.#keep(heard, () => heard.ring.clear());
  }

  #leave(heard: HeardSession, listener: Listener): void {
    if (!heard.listeners.delete(listener) || heard.listeners.size > 0) return;
    if (this.#sessions.get(heard.key) !== heard) return;
    if (heard.ended || !heard.kept || this.ports.keepMs === 0) return this.#drop(heard);
    this.#idle.add(heard);
    heard.cancelEnd = this.ports.clock.after(this.ports.keepMs, () => this.#drop(heard));
    const [longest] = this.#idle;
    if (this.#idle.size > MAX_IDLE && longest !== undefined) this.#drop(longest);
  }

  #drop(heard: HeardSession): void {
    heard.cancelEnd();
    heard.subscription.unsubscribe();
    this.#sessions.delete(heard.key);
    this.ports.onSessions(this.#sessions.size);
    this.#idle.delete(heard);
    this.#keep(heard, () => heard.ring.clear());
  }

  /** Hears nothing any more. */
  stop(): void {
    for (const heard of [...this.#sessions.values()]) this.#drop(heard);
  }
}
