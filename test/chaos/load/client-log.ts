/** One thing that a client did or heard; `at` is in ms since the epoch, by this machine's clock. */
export type Entry = { readonly at: number } & (
  | {
      readonly kind: 'sent';
      readonly id: string;
      readonly command: string;
      readonly target: string;
    }
  | {
      readonly kind: 'answer';
      readonly id: string;
      readonly command: string;
      readonly result: string;
      readonly code: string | null;
    }
  /** It gave up waiting for any answer to a command. */
  | { readonly kind: 'unanswered'; readonly id: string; readonly command: string }
  | { readonly kind: 'event'; readonly sequence: number; readonly previous: number | null }
  /** An event that it had already. */
  | { readonly kind: 'double'; readonly sequence: number }
  /** An event was missing before this one; the client left its socket and came back. */
  | { readonly kind: 'gap'; readonly sequence: number; readonly previous: number | null }
  | {
      readonly kind: 'bound';
      readonly mode: string;
      readonly after: number;
      readonly sequence: number;
    }
  | { readonly kind: 'closed'; readonly code: number }
  /** It left for good. */
  | { readonly kind: 'left' }
);

type Unstamped<T> = T extends unknown ? Omit<T, 'at'> : never;

/** Everything that one client did and heard, in order. */
export interface ClientLog {
  readonly agent: string;
  readonly session: string;
  readonly entries: readonly Entry[];
}

export interface ClientRecorder extends ClientLog {
  session: string;
  readonly note: (entry: Unstamped<Entry>) => void;
}

export const clientRecorder = (agent: string): ClientRecorder => {
  const entries: Entry[] = [];
  return {
    agent,
    session: '',
    entries,
    note: (entry) => void entries.push({ at: Date.now(), ...entry }),
  };
};
