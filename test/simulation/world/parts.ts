import { type Bus, type Feed } from '@cordboard/bus';
import { type EventStore, type Vault } from '@cordboard/event-store';
import { type IdSource } from '@cordboard/kernel';
import { type Host } from './host.ts';

/** What a process is given to start with. */
export interface Parts {
  readonly host: Host;
  readonly connect: () => Promise<Bus>;
  readonly feed: Feed;
  readonly store: EventStore;
  readonly vault: Vault;
  readonly ids: IdSource;
  readonly note: (said: string) => void;
}
