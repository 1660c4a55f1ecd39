import { type BusMessage, deliver, HEADERS, subjects } from '@cordboard/bus';
import { isJsonObject } from '@cordboard/kernel';
import { type AdapterOptions } from './adapter-context.ts';
import { type SendEvent } from './outbox.ts';
import { type AdapterMetrics } from './ports.ts';

const refusal = (reply: BusMessage): string | null => {
  try {
    const body: unknown = JSON.parse(reply.body);
    if (isJsonObject(body) && body.ok === true) return null;
    return isJsonObject(body) && typeof body.code === 'string' ? body.code : 'no code';
  } catch {
    return 'not JSON';
  }
};

/**
 * Delivers an event to the session's owner, or to whoever claims it, until it is recorded (design K9). What the
 * owner refuses is dropped: the session is closed or never was.
 */
export const createSendEvent = (
  options: Pick<AdapterOptions, 'bus' | 'clock' | 'tenant' | 'processor' | 'instance' | 'logger'> & {
    readonly metrics: AdapterMetrics;
  },
  incarnation: string,
): SendEvent => {
  const { bus, clock, tenant, processor, instance, logger, metrics } = options;
  return async ({ target, body, ctiSeq }, signal) => {
    const result = await deliver(bus, {
      subject: subjects.ctiEvent(tenant, processor, target),
      claim: subjects.claim(tenant),
      body,
      headers: {
        [HEADERS.ctiSeq]: String(ctiSeq),
        [HEADERS.instance]: instance,
        [HEADERS.incarnation]: incarnation,
      },
      clock,
      timeoutMs: Infinity,
      signal,
    });
    if (!result.ok && result.error === 'cancelled') return;
    const why = result.ok ? refusal(result.value) : result.error;
    metrics.count(why === null ? 'events_sent' : 'events_refused');
    if (why !== null) logger.warn('an event was refused', { session: target.session, ctiSeq, why });
  };
};
