export { type Address } from './address.ts';
export { answerNotMe, answerReceipt, answerResult } from './answers.ts';
export { type Beacon, onBeacon, publishBeacon } from './beacon.ts';
export { type BusOptions } from './bus-options.ts';
export { type Bus, type BusMessage, type RequestError, type Subscription, type Unanswered } from './bus.ts';
export { type Delivery, type DeliverError, deliver } from './deliver.ts';
export { type Feed, FEED_STREAM, type FeedError } from './feed.ts';
export { type Headers, HEADERS } from './headers.ts';
export { laneBeacons, laneSignals } from './lane-signals.ts';
export { createMemoryFeed, type MemoryFeed } from './memory-feed.ts';
export {
  createMemoryBus,
  createMemoryNetwork,
  type MemoryBus,
  type MemoryNetwork,
} from './memory-network.ts';
export { createNestStrategy, type NestStrategyOptions } from './nest-strategy.ts';
export { connectNats, type NatsBusWithFeed, type NatsOptions } from './nats-bus.ts';
export { parseSubject } from './parse-subject.ts';
export { OWNERS_QUEUE, type Subject, subjects } from './subjects.ts';
