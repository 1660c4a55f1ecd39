import { setTimeout as delay } from 'node:timers/promises';
import { type AppName, type Settings } from '@cordboard/embedded';
import { startApp, type StackApp, type TcpProxy } from '@cordboard/testing';
import { sufferingArguments, tell } from './told.ts';

/** The lines of a process; each can be broken. */
export interface Lines {
  readonly nats: TcpProxy;
  readonly database?: TcpProxy | undefined;
  /** What browsers come in by. */
  readonly door?: TcpProxy | undefined;
}

/** A process that is started again when it ends, as under any supervisor. */
export interface Resident {
  readonly app: StackApp;
  readonly lines: Lines;
  /** It serves. */
  readonly isUp: () => boolean;
  /** How often it was started again. */
  readonly restarts: () => number;
  /** Settles when it serves again after its end number `than` (see `restarts`). */
  readonly after: (than: number) => Promise<void>;
  /** The file that says what it suffers. */
  readonly told: string;
  /** It is not started again, and ends in order. */
  readonly leave: () => Promise<void>;
}

interface Moving {
  readonly kind: AppName;
  readonly settings: Settings;
  readonly lines: Lines;
  readonly told: string;
}

const RETRY_MS = 200;
const SERVES_MS = 60_000;

export const resident = async ({ kind, settings, lines, told }: Moving): Promise<Resident> => {
  tell(told, {});
  const app = await startApp(kind, settings, sufferingArguments(told));
  let restarts = 0;
  let left = false;
  let isUp = true;
  const again = async (): Promise<void> => {
    while (!left) {
      await delay(RETRY_MS);
      if (left) return;
      try {
        await app.start();
        restarts += 1;
        isUp = true;
        return;
      } catch {
        // The servers that it needs may be away; it is tried again as long as the town lives.
      }
    }
  };
  const keep = async (): Promise<void> => {
    while (!left) {
      await app.ended();
      isUp = false;
      await again();
    }
  };
  const kept = keep();
  return {
    app,
    lines,
    told,
    isUp: () => isUp,
    restarts: () => restarts,
    after: async (than) => {
      const until = Date.now() + SERVES_MS;
      while (restarts <= than) {
        if (Date.now() > until) throw new Error(`${app.name} did not come back:\n${app.log().slice(-3_000)}`);
        await delay(20);
      }
    },
    leave: async () => {
      left = true;
      await app.stop();
      await kept;
      await app.stop();
    },
  };
};
