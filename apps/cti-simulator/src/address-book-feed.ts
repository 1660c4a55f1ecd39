import { type AdapterReport } from '@cordboard/adapter-sdk';
import { type Clock } from '@cordboard/kernel';
import { type AddressBook, addressBooks, type SwitchState } from '@cordboard/switch-sim';

type Books = readonly AddressBook[];

interface Follower {
  /** What the session has seen, as text. */
  seen: string;
  cancel: (() => void) | null;
}

/** Tells sessions that follow the address book when it changes, each once a second at most. */
export interface AddressBookFeed {
  readonly follow: (agent: string, books: Books) => void;
  readonly stop: (agent: string) => void;
  /** Something happened in the switch. */
  readonly changed: () => void;
  /** Nobody is told any more. */
  readonly stopAll: () => void;
}

const PAUSE_MS = 1_000;

export const createAddressBookFeed = (
  clock: Clock,
  state: () => SwitchState,
  tell: AdapterReport['addressBook'],
): AddressBookFeed => {
  const followers = new Map<string, Follower>();

  const send = (agent: string, follower: Follower): void => {
    follower.cancel = null;
    const books = addressBooks(state());
    const text = JSON.stringify(books);
    if (text === follower.seen) return;
    follower.seen = text;
    tell({ agent }, books);
  };

  const stop = (agent: string): void => {
    followers.get(agent)?.cancel?.();
    followers.delete(agent);
  };

  return {
    follow: (agent, books) => {
      stop(agent);
      followers.set(agent, { seen: JSON.stringify(books), cancel: null });
    },
    stop,
    changed: () => {
      for (const [agent, follower] of followers)
        follower.cancel ??= clock.after(PAUSE_MS, () => send(agent, follower));
    },
    stopAll: () => [...followers.keys()].forEach(stop),
  };
};
