import { subjects } from '@cordboard/bus';
import { checkBody, controlTarget, type CtiMessage, messageRow, readEvent } from '@cordboard/cti-protocol';
import { parseTarget } from '@cordboard/kernel';
import { createNewest } from '../link/newest.ts';
import { HEADER_BYTES, QUEUES_EVERY_MS } from './limits.ts';
import { type LinkContext } from './link-context.ts';
import { type LinkSessions } from './link-sessions.ts';
import { type Presence } from './presence.ts';

/** Takes what a peer says unasked. */
export interface Events {
  readonly take: (event: CtiMessage) => void;
  readonly end: () => void;
}

/** What the bridge does not take is counted, logged and dropped: the peer may be anybody. */
export const createEvents = (context: LinkContext, sessions: LinkSessions, presence: Presence): Events => {
  const { source, clock, tenant, processor, metrics, logger } = context;

  const drop = (event: CtiMessage, counter: 'events_malformed' | 'events_unknown', why: string): void => {
    metrics.count(counter);
    const { name, target } = event.header;
    logger.warn('an event was dropped', { name, target, why });
  };

  const figures = createNewest<string>(
    clock,
    QUEUES_EVERY_MS,
    (text) => void source.current()?.publish(subjects.ctiQueues(tenant, processor), text),
  );

  const isTooLarge = (text: string): boolean =>
    Buffer.byteLength(text) > (source.current()?.maxPayloadBytes ?? Infinity) - HEADER_BYTES;

  const ofControl = (event: CtiMessage): void => {
    const { name, target } = event.header;
    if (target !== controlTarget(processor)) return drop(event, 'events_unknown', 'unknown target');
    if (name === 'cti.queues') return figures.offer(JSON.stringify(event));
    const read = readEvent('cti.status', event.body);
    if (read.ok) presence.said(read.value.status, read.value.reason);
  };

  const ofSession = (event: CtiMessage, level: Parameters<typeof parseTarget>[0]): void => {
    const target = parseTarget(level, event.header.target);
    if (!target.ok) return drop(event, 'events_malformed', 'the target does not fit');
    const session = sessions.find(target.value.session);
    if (session?.state !== 'open') return drop(event, 'events_unknown', 'unknown session');
    const text = JSON.stringify(event);
    if (isTooLarge(text)) return drop(event, 'events_malformed', 'it is larger than the bus takes');
    session.outbox.push(target.value, event.header.name, text);
    sessions.relieve();
  };

  return {
    take: (event) => {
      const checked = event.header.type === 'cti.event' ? checkBody(event) : null;
      const level = messageRow(event.header.name)?.level;
      if (checked === null || level === undefined) return drop(event, 'events_malformed', 'no such event');
      if (!checked.ok) return drop(event, 'events_malformed', checked.error);
      if (level === 'control') ofControl(event);
      else ofSession(event, level);
    },
    end: figures.end,
  };
};
