import { randomUUID } from 'node:crypto';
import { type Bus, type Subscription, subjects } from '@cordboard/bus';
import { drained } from '../link/drained.ts';
import { type BridgeLink, type BridgePeer, type LinkTo } from '../peer.ts';
import { type BusSource, fixedBus } from './bus-source.ts';
import { createEvents } from './events.ts';
import { type LinkContext, type NatsLinkOptions } from './link-context.ts';
import { createLinkSessions } from './link-sessions.ts';
import { createPresence } from './presence.ts';
import { createQuestions } from './questions.ts';
import { createSendEvent } from './send-event.ts';
import { createUnderWay } from './under-way.ts';

const silent = { count: () => undefined };

const partsFor = (context: LinkContext, peer: BridgePeer) => {
  const sessions = createLinkSessions(context, createSendEvent(context));
  const underWay = createUnderWay(context, peer);
  const questions = createQuestions(context, sessions, underWay);
  const presence = createPresence(context, sessions.openCount);
  const events = createEvents(context, sessions, presence);
  return { sessions, underWay, questions, presence, events };
};

const carry = (context: LinkContext, peer: BridgePeer): BridgeLink => {
  const { source, clock, tenant, processor, instance } = context;
  const { sessions, underWay, questions, presence, events } = partsFor(context, peer);
  let subscriptions: readonly Subscription[] = [];
  let isOver = false;

  const listen = (bus: Bus): void => {
    if (isOver) return;
    subscriptions = [
      bus.subscribe(subjects.ctiControl(tenant, processor, instance), questions.control),
      bus.subscribe(subjects.ctiRequestsTo(tenant, processor, instance), questions.session),
    ];
    presence.connected();
  };

  const fallSilent = (): void => {
    isOver = true;
    presence.end();
    events.end();
    sessions.end();
    for (const { unsubscribe } of subscriptions) unsubscribe();
  };

  peer.onEvent((event) => {
    if (!isOver) events.take(event);
  });

  return {
    start: () => {
      presence.start();
      source.start(listen);
    },
    lost: (reason) => {
      if (isOver) return;
      underWay.giveUp(reason);
      presence.gone(reason);
      fallSilent();
      void source.end();
    },
    stop: async () => {
      if (isOver) return;
      underWay.close();
      presence.set('STOPPING');
      await drained(clock, () => underWay.count() + sessions.waiting().events);
      presence.set('STOPPED');
      fallSilent();
      await source.end();
    },
    stats: () => ({
      connected: source.current() !== null,
      sessions: sessions.openCount(),
      eventsWaiting: sessions.waiting().events,
      bytesWaiting: sessions.waiting().bytes,
      questionsUnderWay: underWay.count(),
    }),
  };
};

/** A link over what a source gives; each peer has a source of its own. */
export const linkOver =
  (makeSource: () => BusSource, options: NatsLinkOptions): LinkTo =>
  (peer) => {
    const { ids, incarnation = ids?.next() ?? randomUUID(), metrics = silent } = options;
    return carry({ ...options, incarnation, metrics, source: makeSource() }, peer);
  };

/**
 * Carries a peer over one connection to NATS that is given and never replaced (docs/contracts.md, design K9 and
 * K11): hello and status, epochs, probes, kept answers, numbered events that are repeated until taken. It does not
 * trust the peer.
 */
export const natsLink = ({ bus, ...options }: NatsLinkOptions & { readonly bus: Bus }): LinkTo =>
  linkOver(() => fixedBus(bus), options);
