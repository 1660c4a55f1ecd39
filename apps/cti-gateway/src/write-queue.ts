import { type Clock } from '@cordboard/kernel';
import { DRAIN_LIMIT_MS, MAX_UNWRITTEN_BYTES, MAX_UNWRITTEN_MESSAGES } from './limits.ts';

export interface WriteQueueOptions {
  readonly clock: Clock;
  /** Sends bytes in order; `done` when the operating system has them. */
  readonly write: (bytes: Uint8Array, done: () => void) => void;
  /** The client does not read; said once, nothing is written any more. */
  readonly onSlow: (why: string) => void;
}

/** What waits to be written to one client, bounded. */
export interface WriteQueue {
  readonly push: (bytes: Uint8Array) => void;
  readonly waitingBytes: () => number;
  /** Writes nothing more. */
  readonly end: () => void;
}

export const createWriteQueue = ({ clock, write, onSlow }: WriteQueueOptions): WriteQueue => {
  let bytesWaiting = 0;
  let messagesWaiting = 0;
  let ended = false;
  let cancel = (): void => undefined;

  const end = (): void => {
    ended = true;
    cancel();
  };
  const slow = (why: string): void => {
    end();
    onSlow(why);
  };
  const watch = (): void => {
    cancel();
    cancel = clock.after(DRAIN_LIMIT_MS, () => slow(`read nothing for ${DRAIN_LIMIT_MS / 1_000} s`));
  };
  const written = (bytes: number): void => {
    bytesWaiting -= bytes;
    messagesWaiting -= 1;
    if (ended) return;
    if (messagesWaiting === 0) cancel();
    else watch();
  };

  return {
    push: (bytes) => {
      if (ended) return;
      bytesWaiting += bytes.length;
      messagesWaiting += 1;
      if (bytesWaiting > MAX_UNWRITTEN_BYTES) return slow(`left ${bytesWaiting} bytes unread`);
      if (messagesWaiting > MAX_UNWRITTEN_MESSAGES) return slow(`left ${messagesWaiting} messages unread`);
      if (messagesWaiting === 1) watch();
      write(bytes, () => written(bytes.length));
    },
    waitingBytes: () => bytesWaiting,
    end,
  };
};
