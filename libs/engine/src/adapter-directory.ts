import { type Bus, type BusMessage } from '@cordboard/bus';
import { CAPABILITY_KEYS, checkBody, parseCtiMessage } from '@cordboard/cti-protocol';
import { type Adapter } from '@cordboard/domain';
import { type Clock, type IdSource, isId, type Json, type JsonObject } from '@cordboard/kernel';
import { askControl, type ControlPlace } from './control-link.ts';
import { type EngineLog } from './ports.ts';

interface Instance extends ControlPlace {
  readonly incarnation: string;
  readonly status: string;
  readonly sessions: number;
  readonly seenAt: number;
  /** Null until asked for and answered. */
  readonly capabilities: JsonObject | null;
}

export interface DirectoryPorts {
  readonly bus: Bus;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly log: EngineLog;
}

const SILENT_MS = 3_000;
const MAX_INSTANCES = 1_000;
/** Adapters say hello every 5 s: so long a new worker does not know that there is none. */
const NEW_MS = 6_000;
const MAX_WAITING = 1_000;

const keyOf = ({ tenant, processor, instance }: ControlPlace): string => `${tenant}/${processor}/${instance}`;

/** What we know a meaning of; the rest is kept nowhere. */
const capabilitiesIn = (body: JsonObject): JsonObject =>
  Object.fromEntries(
    CAPABILITY_KEYS.filter((key) => Object.hasOwn(body, key) && typeof body[key] === 'boolean').map((key) => [
      key,
      body[key],
    ]),
  );

const text = (value: Json | undefined): string => (typeof value === 'string' ? value : '');

/** Which adapter instances there are, and which takes the next session (design section 6). */
export class AdapterDirectory {
  readonly #instances = new Map<string, Instance>();
  readonly #asking = new Set<string>();
  readonly #waiting = new Set<() => void>();
  readonly #openedAt: number;

  constructor(private readonly ports: DirectoryPorts) {
    this.#openedAt = ports.clock.now();
  }

  /** An instance introduces itself: unless it is known, the control handshake begins (bridge D.2). */
  onHello(message: BusMessage): void {
    if (message.address?.kind !== 'cti-hello') return;
    const { tenant, processor } = message.address;
    const hello = readObject(message.body);
    if (!isId(hello.instance)) {
      return this.ports.log.warn('hello without an instance dropped', { processor });
    }
    const place = { tenant, processor, instance: hello.instance };
    const known = this.#instances.get(keyOf(place));
    if (known !== undefined && known.incarnation === hello.incarnation && this.#alive(known)) return;
    void askControl(this.ports, place, 'cti.request.status');
  }

  onStatus(message: BusMessage): void {
    if (message.address?.kind !== 'cti-status') return;
    const { tenant, processor } = message.address;
    const read = parseCtiMessage(message.body);
    const body = read.ok && checkBody(read.value.message).ok ? read.value.message.body : {};
    if (!isId(body.instance)) {
      return this.ports.log.warn('malformed status dropped', { processor });
    }
    this.#note({ tenant, processor, instance: body.instance }, body);
  }

  /** The accepting instance with the fewest sessions, or null. */
  pick(tenant: string, processor: string): Adapter | null {
    let best: (Instance & { readonly capabilities: JsonObject }) | null = null;
    for (const found of this.#instances.values()) {
      const { capabilities } = found;
      if (found.tenant !== tenant || found.processor !== processor || capabilities === null) continue;
      if (found.status !== 'STARTED' || !this.#alive(found)) continue;
      if (best === null || found.sessions < best.sessions) best = { ...found, capabilities };
    }
    return best === null
      ? null
      : { instance: best.instance, capabilities: best.capabilities as Adapter['capabilities'] };
  }

  /** The same, but a worker that has just started waits until it has heard of an adapter, or must have. */
  async pickSoon(tenant: string, processor: string): Promise<Adapter | null> {
    for (;;) {
      const found = this.pick(tenant, processor);
      const leftMs = this.#openedAt + NEW_MS - this.ports.clock.now();
      if (found !== null || leftMs <= 0 || this.#waiting.size >= MAX_WAITING) return found;
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

  #tell(): void {
    for (const done of [...this.#waiting]) done();
  }

  #note(place: ControlPlace, body: JsonObject): void {
    const key = keyOf(place);
    const before = this.#instances.get(key);
    if (before === undefined && !this.#hasRoom()) {
      return this.ports.log.warn('too many adapter instances; one ignored', { limit: MAX_INSTANCES });
    }
    const incarnation = text(body.incarnation);
    const found: Instance = {
      ...place,
      incarnation,
      status: text(body.status),
      sessions: typeof body.sessions === 'number' ? body.sessions : 0,
      seenAt: this.ports.clock.now(),
      capabilities: before?.incarnation === incarnation ? before.capabilities : null,
    };
    this.#instances.set(key, found);
    this.#tell();
    if (found.capabilities === null && found.status === 'STARTED') void this.#askCapabilities(key, found);
  }

  /** A pure read: each worker asks for itself when it first hears of an instance, and again until answered. */
  async #askCapabilities(key: string, found: Instance): Promise<void> {
    if (this.#asking.has(key)) return;
    this.#asking.add(key);
    const answer = await askControl(this.ports, found, 'cti.query.capabilities').finally(() =>
      this.#asking.delete(key),
    );
    const now = this.#instances.get(key);
    if (!answer.ok || now?.incarnation !== found.incarnation) return;
    this.#instances.set(key, { ...now, capabilities: capabilitiesIn(answer.value.body) });
    this.ports.log.info('adapter ready', { processor: found.processor, instance: found.instance });
    this.#tell();
  }

  #alive(found: Instance): boolean {
    return this.ports.clock.now() - found.seenAt < SILENT_MS;
  }

  #hasRoom(): boolean {
    if (this.#instances.size < MAX_INSTANCES) return true;
    for (const [key, found] of this.#instances) if (!this.#alive(found)) this.#instances.delete(key);
    return this.#instances.size < MAX_INSTANCES;
  }
}

const readObject = (body: string): JsonObject => {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? (value as JsonObject) : {};
  } catch {
    return {};
  }
};
