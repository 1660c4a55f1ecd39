import { type Bus, type BusMessage, subjects } from '@cordboard/bus';
import { checkBody, controlTarget, type CtiMessage, parseCtiMessage } from '@cordboard/cti-protocol';
import { type Adapter } from '@cordboard/domain';
import { type Clock, type IdSource, isId, type JsonObject } from '@cordboard/kernel';
import { type EngineLog } from './ports.ts';

interface Instance {
  readonly tenant: string;
  readonly processor: string;
  readonly instance: string;
  readonly incarnation: string;
  readonly status: string;
  readonly sessions: number;
  readonly seenAt: number;
  /** Null until asked for and answered. */
  readonly capabilities: JsonObject | null;
}

/** Which adapter instances there are, and which takes the next session (design section 6). */
export interface AdapterDirectory {
  readonly onHello: (message: BusMessage) => void;
  readonly onStatus: (message: BusMessage) => void;
  /** The accepting instance with the fewest sessions, or null. */
  readonly pick: (tenant: string, processor: string) => Adapter | null;
}

const SILENT_MS = 3_000;
const CONTROL_TIMEOUT_MS = 5_000;
const MAX_INSTANCES = 1_000;

export interface DirectoryPorts {
  readonly bus: Bus;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly log: EngineLog;
}

const questionOf = (
  type: 'cti.query' | 'cti.request',
  name: string,
  processor: string,
  requestId: string,
): CtiMessage => ({ header: { type, name, target: controlTarget(processor), requestId }, body: {} });

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

export const createAdapterDirectory = (ports: DirectoryPorts): AdapterDirectory => {
  const { bus, clock, ids, log } = ports;
  const instances = new Map<string, Instance>();
  const asking = new Set<string>();
  const keyOf = (tenant: string, processor: string, instance: string): string =>
    `${tenant}/${processor}/${instance}`;

  const alive = (found: Instance): boolean => clock.now() - found.seenAt < SILENT_MS;

  const forgetSilent = (): void => {
    for (const [key, found] of instances) if (!alive(found)) instances.delete(key);
  };

  const control = async (
    where: { tenant: string; processor: string; instance: string },
    type: 'cti.query' | 'cti.request',
    name: string,
  ): Promise<CtiMessage | null> => {
    const question = questionOf(type, name, where.processor, ids.next());
    const answer = await bus.request(
      subjects.ctiControl(where.tenant, where.processor, where.instance),
      JSON.stringify(question),
      { timeoutMs: CONTROL_TIMEOUT_MS },
    );
    if (!answer.ok) return null;
    const parsed = parseCtiMessage(answer.value.body);
    return parsed.ok && parsed.value.message.header.result === 'SUCCESS' ? parsed.value.message : null;
  };

  /** Pure read; each worker asks for itself when it first hears of an instance. */
  const askCapabilities = async (key: string, found: Instance): Promise<void> => {
    if (asking.has(key)) return;
    asking.add(key);
    const answer = await control(found, 'cti.query', 'cti.query.capabilities').finally(() => asking.delete(key));
    const now = instances.get(key);
    if (answer === null || now?.incarnation !== found.incarnation) return;
    instances.set(key, { ...now, capabilities: answer.body });
    log.info('adapter ready', { processor: found.processor, instance: found.instance });
  };

  const onHello = (message: BusMessage): void => {
    if (message.address?.kind !== 'cti-hello') return;
    const { tenant, processor } = message.address;
    const parsed = parseJsonObject(message.body);
    const instance = parsed?.instance;
    if (!isId(instance)) return log.warn('hello without an instance dropped', { processor });
    const known = instances.get(keyOf(tenant, processor, instance));
    if (known?.incarnation === text(parsed?.incarnation) && alive(known)) return;
    void control({ tenant, processor, instance }, 'cti.request', 'cti.request.status');
  };

  const onStatus = (message: BusMessage): void => {
    if (message.address?.kind !== 'cti-status') return;
    const { tenant, processor } = message.address;
    const parsed = parseCtiMessage(message.body);
    if (!parsed.ok || !checkBody(parsed.value.message).ok) {
      return log.warn('malformed status dropped', { processor });
    }
    const { body } = parsed.value.message;
    if (!isId(body.instance)) return log.warn('status without an instance dropped', { processor });
    const key = keyOf(tenant, processor, body.instance);
    const before = instances.get(key);
    if (before === undefined && instances.size >= MAX_INSTANCES) forgetSilent();
    if (before === undefined && instances.size >= MAX_INSTANCES) {
      return log.warn('too many adapter instances; one ignored', { processor, limit: MAX_INSTANCES });
    }
    const incarnation = text(body.incarnation);
    const found: Instance = {
      tenant,
      processor,
      instance: body.instance,
      incarnation,
      status: text(body.status),
      sessions: typeof body.sessions === 'number' ? body.sessions : 0,
      seenAt: clock.now(),
      capabilities: before?.incarnation === incarnation ? before.capabilities : null,
    };
    instances.set(key, found);
    if (found.capabilities === null && found.status === 'STARTED') void askCapabilities(key, found);
  };

  const pick = (tenant: string, processor: string): Adapter | null => {
    let best: Instance | null = null;
    for (const found of instances.values()) {
      if (found.tenant !== tenant || found.processor !== processor) continue;
      if (found.status !== 'STARTED' || found.capabilities === null || !alive(found)) continue;
      if (best === null || found.sessions < best.sessions) best = found;
    }
    if (best?.capabilities === undefined || best.capabilities === null) return null;
    return { instance: best.instance, capabilities: best.capabilities as Adapter['capabilities'] };
  };

  return { onHello, onStatus, pick };
};

const parseJsonObject = (body: string): Record<string, unknown> | null => {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
};
