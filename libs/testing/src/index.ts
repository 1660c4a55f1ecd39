export { eventually } from './eventually.ts';
export { applicationRole, type PrivateDatabase, privateDatabase } from './private-database.ts';
export { type PrivateNats, privateNats } from './private-nats.ts';
export { sequentialIds } from './sequential-ids.ts';
export { type VirtualClock, virtualClock } from './virtual-clock.ts';
export { freePort } from '@cordboard/embedded';
