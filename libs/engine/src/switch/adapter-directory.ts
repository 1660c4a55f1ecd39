import { type Bus, type BusMessage } from '@cordboard/bus';
import { type Adapter } from '@cordboard/domain';
import { type Clock, type IdSource, type JsonObject } from '@cordboard/kernel';
import { type AdapterWord, capabilitiesIn, readHello, readStatus } from './adapter-words.ts';
import { askControl, type ControlPlace } from './control-link.ts';
import { type EngineLog, type EngineMetrics } from '../ports.ts';

interface Instance extends ControlPlace, AdapterWord {
  readonly seenAt: number;
  /** It was quiet for too long and answered nothing either. */
  readonly silent: boolean;
  /** Null until asked for and answered. */
  readonly capabilities: JsonObject | null;
  /** Incarnations that were followed by another: what they still say is about nothing any more. */
  readonly former: readonly string[];
}

/** What is known of an instance. `greeting`: it takes sessions, and what it can do is being asked. */
export type AdapterView =
  | { readonly is: 'unheard' }
  | { readonly is: 'away'; readonly reason: 'silent' | 'stopped' }
  | { readonly is: 'greeting'; readonly incarnation: string }
  | { readonly is: 'ready'; readonly incarnation: string; readonly adapter: Adapter };

export interface DirectoryPorts {
  readonly bus: Bus;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly log: EngineLog;
  readonly metrics: Pick<EngineMetrics, 'level' | 'count'>;
}

const SILENT_MS = 3_000;
const SWEEP_MS = 500;
/** Who has been quiet is asked, before it counts as gone: its words may be lost, or we may have been held up. */
const DOUBT_MS = 1_000;
const MAX_INSTANCES = 1_000;
const MAX_FORMER = 8;
/** Adapters say hello every 5 s: so long a new worker does not know that there is none. */
const NEW_MS = 6_000;
const MAX_WAITING = 1_000;
const STATUSES = ['STARTING', 'STARTED', 'STOPPING', 'STOPPED', 'SILENT'] as const;

const keyOf = ({ tenant, processor, instance }: ControlPlace): string => `${tenant}/${processor}/${instance}`;

const isTaking = ({ silent, status }: Instance): boolean => !silent && status === 'STARTED';

const adapterOf = ({ instance, incarnation }: Instance, capabilities: JsonObject): Adapter => ({
  instance,
  ...(incarnation === '' ? {} : { incarnation }),
  capabilities: capabilities as Adapter['capabilities'],
});

/** Which adapter instances there are, how they are, and which takes the next session (design section 6). */
export class AdapterDirectory {
  readonly #instances = new Map<string, Instance>();
  readonly #greeting = new Map<string, Promise<unknown>>();
  readonly #asking = new Set<string>();
  readonly #doubting = new Set<string>();
  readonly #waiting = new Set<() => void>();
  readonly #openedAt: number;
  #listener: (place: ControlPlace) => void = () => undefined;
  #cancelSweep: (() => void) | null = null;

  constructor(private readonly ports: DirectoryPorts) {
    this.#openedAt = ports.clock.now();
  }

  /** Watches for silence from now on; `listener` hears of every instance whose view has changed. */
  start(listener: (place: ControlPlace) => void): void {
    this.#listener = listener;
    this.#sweepSoon();
  }

  stop(): void {
    this.#cancelSweep?.();
    this.#listener = () => undefined;
  }

  /** An instance introduces itself: unless it is known, the control handshake begins (bridge D.2). */
  onHello(message: BusMessage): void {
    if (message.address?.kind !== 'cti-hello') return;
    const { tenant, processor } = message.address;
    const hello = readHello(message);
    if (hello === null) return this.ports.log.warn('hello without an instance dropped', { processor });
    const place = { tenant, processor, instance: hello.instance };
    const key = keyOf(place);
    const known = this.#instances.get(key);
    if (known?.former.includes(hello.incarnation)) return;
    if (known?.incarnation === hello.incarnation && this.#alive(known)) return;
    const greeting = askControl(this.ports, place, 'cti.request.status');
    this.#greeting.set(key, greeting);
    void greeting.finally(() => this.#greeting.get(key) === greeting && this.#greeting.delete(key));
  }

  onStatus(message: BusMessage): void {
    if (message.address?.kind !== 'cti-status') return;
    const { tenant, processor } = message.address;
    const word = readStatus(message);
    if (word === null) return this.ports.log.warn('malformed status dropped', { processor });
    this.#note({ tenant, processor, ...word });
  }

  view(place: ControlPlace): AdapterView {
    const found = this.#instances.get(keyOf(place));
    if (found === undefined) {
      const isNew = this.ports.clock.now() < this.#openedAt + NEW_MS;
      return isNew ? { is: 'unheard' } : { is: 'away', reason: 'silent' };
    }
    if (!isTaking(found)) return { is: 'away', reason: found.silent ? 'silent' : 'stopped' };
    const { incarnation, capabilities } = found;
    if (capabilities === null) return { is: 'greeting', incarnation };
    return { is: 'ready', incarnation, adapter: adapterOf(found, capabilities) };
  }

  /** The accepting instance with the fewest sessions, or null. */
  pick(tenant: string, processor: string): Adapter | null {
    let best: Instance | null = null;
    for (const found of this.#instances.values()) {
      if (found.tenant !== tenant || found.processor !== processor || found.capabilities === null) continue;
      if (!isTaking(found) || !this.#alive(found)) continue;
      if (best === null || found.sessions < best.sessions) best = found;
    }
    return best?.capabilities ? adapterOf(best, best.capabilities) : null;
  }

  /** The same, but a worker that has just started waits until it has heard of an adapter, or must have. */
  async pickSoon(tenant: string, processor: string): Promise<Adapter | null> {
    for (;;) {
      const found = this.pick(tenant, processor);
      const leftMs = this.#openedAt + NEW_MS - this.ports.clock.now();
      if (found !== null || leftMs <= 0) return found;
      if (this.#waiting.size >= MAX_WAITING) {
        this.ports.metrics.count('prepares_refused');
        return null;
      }
      await this.#change(leftMs);
    }
  }

  #change(limitMs: number): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        cancel();
        this.#waiting.delete(done);
        resolve();
      };
      const cancel = this.ports.clock.after(limitMs, done);
      this.#waiting.add(done);
    });
  }

  #note({ tenant, processor, ...word }: Omit<ControlPlace, 'instance'> & AdapterWord): void {
    const key = keyOf({ tenant, processor, instance: word.instance });
    const before = this.#instances.get(key);
    const { log, clock } = this.ports;
    if (before === undefined && !this.#hasRoom()) {
      return log.warn('too many adapter instances; one ignored', { limit: MAX_INSTANCES });
    }
    if (before?.former.includes(word.incarnation)) {
      return log.warn('status of a former incarnation dropped', { processor, instance: word.instance });
    }
    const same = before?.incarnation === word.incarnation;
    const found: Instance = {
      tenant,
      processor,
      ...word,
      seenAt: clock.now(),
      silent: false,
      capabilities: same ? before.capabilities : null,
      former: same || before === undefined ? (before?.former ?? []) : formerOf(before),
    };
    this.#instances.set(key, found);
    if (!same || before.silent || before.status !== found.status) this.#announce(found);
    if (found.capabilities === null) void this.#askCapabilities(key, found);
  }

  /** A pure read: each worker asks for itself when it first hears of an instance, and again until answered. */
  async #askCapabilities(key: string, found: Instance): Promise<void> {
    if (this.#asking.has(key)) return;
    this.#asking.add(key);
    await this.#greeting.get(key);
    const answer = await askControl(this.ports, found, 'cti.query.capabilities').finally(() =>
      this.#asking.delete(key),
    );
    const now = this.#instances.get(key);
    if (!answer.ok || now?.incarnation !== found.incarnation) return;
    this.#instances.set(key, { ...now, capabilities: capabilitiesIn(answer.value.body) });
    this.#announce(now);
  }

  #announce(found: Instance): void {
    const { instance, processor, silent, incarnation } = found;
    const status = silent ? 'SILENT' : found.status;
    this.ports.log.info('adapter heard of', { processor, instance, incarnation, status });
    for (const one of STATUSES) {
      const all = [...this.#instances.values()].filter((known) =>
        one === 'SILENT' ? known.silent : !known.silent && known.status === one,
      );
      this.ports.metrics.level('adapters', all.length, { status: one });
    }
    for (const done of [...this.#waiting]) done();
    this.#listener(found);
  }

  #alive(found: Instance): boolean {
    return !found.silent && this.ports.clock.now() - found.seenAt < SILENT_MS;
  }

  #sweepSoon(): void {
    this.#cancelSweep = this.ports.clock.after(SWEEP_MS, () => {
      for (const [key, found] of this.#instances) {
        if (!found.silent && !this.#alive(found)) void this.#doubt(key, found);
      }
      this.#sweepSoon();
    });
  }

  async #doubt(key: string, found: Instance): Promise<void> {
    if (this.#doubting.has(key)) return;
    this.#doubting.add(key);
    // What has come while we were held up is heard first.
    await this.ports.bus.flush();
    const before = this.#instances.get(key);
    const lives = (before !== undefined && this.#alive(before)) || (await this.#answers(found));
    this.#doubting.delete(key);
    const now = this.#instances.get(key);
    if (now === undefined || this.#alive(now)) return;
    const after = lives ? { ...now, seenAt: this.ports.clock.now() } : { ...now, silent: true };
    this.#instances.set(key, after);
    if (!lives) this.#announce(after);
  }

  /** Any answer is a sign of life; its status follows it. */
  async #answers(place: ControlPlace): Promise<boolean> {
    const answer = await askControl(this.ports, place, 'cti.request.status', {}, DOUBT_MS);
    return answer.ok || answer.error !== null;
  }

  #hasRoom(): boolean {
    if (this.#instances.size < MAX_INSTANCES) return true;
    for (const [key, found] of this.#instances) if (!this.#alive(found)) this.#instances.delete(key);
    return this.#instances.size < MAX_INSTANCES;
  }
}

const formerOf = ({ former, incarnation }: Instance): readonly string[] =>
  [...former, incarnation].slice(-MAX_FORMER);
