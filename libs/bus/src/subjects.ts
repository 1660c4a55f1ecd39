import { isId, isSessionId, parseTokens, type Target, targetTokens } from '@cordboard/kernel';
import { nameToken } from './message-name.ts';

declare const subject: unique symbol;
/** A subject that this file built; nothing else can be published or subscribed. */
export type Subject = string & { readonly [subject]: true };

/** The queue group of the session workers: one of them hears each message. */
export const OWNERS_QUEUE = 'owners';

const ANY = '*';

const build = (...tokens: readonly string[]): Subject => `cb.v1.${tokens.join('.')}` as Subject;

const refuse = (what: string, value: unknown): never => {
  throw new TypeError(`${what} cannot stand in a subject: ${JSON.stringify(value)?.slice(0, 100)}`);
};

const id = (what: string, value: string): string => (isId(value) ? value : refuse(what, value));
const tenantToken = (value: string): string => id('tenant', value);
const sessionToken = (value: string): string => (isSessionId(value) ? value : refuse('session', value));
const name = (value: string): string => nameToken(value) ?? refuse('message name', value);

const five = (target: Target): readonly string[] => {
  const tokens = targetTokens(target);
  return parseTokens(tokens).ok ? tokens : refuse('target', target);
};

const cti = (tenant: string, processor: string, ...rest: readonly string[]): Subject =>
  build(tenantToken(tenant), 'cti', id('processor', processor), ...rest);

/**
 * Every subject of the house (docs/contracts.md). A token that could not stand in one is an error of the
 * program, checked at the edge long before, and raises. Those in the plural are filters for `subscribe`.
 */
export const subjects = {
  command: (tenant: string, target: Target, command: string): Subject =>
    build(tenantToken(tenant), 'cmd', ...five(target), name(command)),
  /** All commands of one session: what its owner listens to. */
  commandsOf: (tenant: string, session: string): Subject =>
    build(tenantToken(tenant), 'cmd', sessionToken(session), '>'),

  prepare: (tenant: string): Subject => build(tenantToken(tenant), 'prepare'),
  /** Of all tenants. */
  prepares: (): Subject => build(ANY, 'prepare'),
  claim: (tenant: string): Subject => build(tenantToken(tenant), 'claim'),
  /** Of all tenants. */
  claims: (): Subject => build(ANY, 'claim'),
  /** A claim that every worker hears: the one that the claim group chose may hang. */
  claimByAny: (tenant: string): Subject => build(tenantToken(tenant), 'claimany'),
  /** Of all tenants. */
  claimsByAny: (): Subject => build(ANY, 'claimany'),

  event: (tenant: string, target: Target, event: string): Subject =>
    build(tenantToken(tenant), 'evt', ...five(target), name(event)),
  /** All events of one session, internal ones included. */
  eventsOf: (tenant: string, session: string): Subject =>
    build(tenantToken(tenant), 'evt', sessionToken(session), '>'),
  /** Who became the owner of any session: what every owner listens to, so that a former one lets go. */
  ownershipClaims: (): Subject => build(ANY, 'evt', ANY, '_', '_', '_', '_', 'internal_OwnershipClaimed'),
  /** All events of all tenants. */
  events: (): Subject => build(ANY, 'evt', '>'),
  /** The durable feed's copy of an event. */
  feed: (tenant: string, target: Target, event: string): Subject =>
    build(tenantToken(tenant), 'feed', ...five(target), name(event)),
  /** All that the durable feed holds. */
  feeds: (): Subject => build(ANY, 'feed', '>'),

  ctiHello: (tenant: string, processor: string): Subject => cti(tenant, processor, 'hello'),
  /** Of all tenants and processors. */
  ctiHellos: (): Subject => build(ANY, 'cti', ANY, 'hello'),
  ctiStatus: (tenant: string, processor: string): Subject => cti(tenant, processor, 'status'),
  /** Of all tenants and processors. */
  ctiStatuses: (): Subject => build(ANY, 'cti', ANY, 'status'),
  /** Figures of the queues of one switch. */
  ctiQueues: (tenant: string, processor: string): Subject => cti(tenant, processor, 'queues'),
  /** Those of all switches of a tenant. */
  ctiQueuesOf: (tenant: string): Subject => build(tenantToken(tenant), 'cti', ANY, 'queues'),
  ctiControl: (tenant: string, processor: string, instance: string): Subject =>
    cti(tenant, processor, id('instance', instance), 'control'),
  ctiRequest: (tenant: string, processor: string, instance: string, target: Target): Subject =>
    cti(tenant, processor, id('instance', instance), 'req', ...five(target)),
  /** All requests to one adapter instance. */
  ctiRequestsTo: (tenant: string, processor: string, instance: string): Subject =>
    cti(tenant, processor, id('instance', instance), 'req', '>'),
  ctiEvent: (tenant: string, processor: string, target: Target): Subject =>
    cti(tenant, processor, 'evt', ...five(target)),
  /** All switch events of one session: what its owner listens to. */
  ctiEventsOf: (tenant: string, processor: string, session: string): Subject =>
    cti(tenant, processor, 'evt', sessionToken(session), '>'),

  /** Beacon of one lane of the log. */
  lane: (lane: number): Subject =>
    Number.isSafeInteger(lane) && lane >= 0 ? build('_sys', 'lane', String(lane)) : refuse('lane', lane),
  lanes: (): Subject => build('_sys', 'lane', ANY),
} as const;
