import { type BusMessage, deliver, HEADERS, subjects } from '@cordboard/bus';
import { formatTarget, isJsonObject } from '@cordboard/kernel';
import { type LinkContext } from './link-context.ts';
import { type SendEvent } from './outbox.ts';

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
 * Delivers an event to the session's owner, or to whoever claims it, until it is recorded (design K9), over one
 * connection after the other if need be. What the owner refuses is dropped: the session is closed or never was.
 */
export const createSendEvent = (context: LinkContext): SendEvent => {
  const { source, clock, tenant, processor, instance, incarnation, logger, metrics, record } = context;
  return async ({ target, name, body, ctiSeq, lost }, signal) => {
    record?.sent({ target: formatTarget(target), name, ctiSeq, incarnation });
    const headers = {
      [HEADERS.ctiSeq]: String(ctiSeq),
      [HEADERS.instance]: instance,
      [HEADERS.incarnation]: incarnation,
      ...(lost > 0 ? { [HEADERS.lost]: String(lost) } : {}),
    };
    const subject = subjects.ctiEvent(tenant, processor, target);
    const claim = subjects.claim(tenant);
    while (!signal.aborted) {
      const bus = source.current();
      const delivery = { subject, claim, body, headers, clock, timeoutMs: Infinity, signal };
      const result = bus === null ? null : await deliver(bus, delivery);
      if (signal.aborted) return;
      if (result === null || (!result.ok && result.error === 'closed')) {
        await source.other(bus, signal);
        continue;
      }
      const why = result.ok ? refusal(result.value) : result.error;
      metrics.count(why === null ? 'events_sent' : 'events_refused');
      if (why !== null) logger.warn('an event was refused', { session: target.session, ctiSeq, why });
      return;
    }
  };
};
