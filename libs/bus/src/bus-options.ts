import { type Clock } from '@cordboard/kernel';

/** What every carrier takes. */
export interface BusOptions {
  /** For the time limits of `request`; the wall clock unless a test drives it. */
  readonly clock?: Clock | undefined;
  /** Questions open at once; more are answered `busy`. */
  readonly maxOpenAsks?: number | undefined;
  /** A handler raised, the server complained, or an answer could not be sent. `subject` may be empty. */
  readonly onError?: ((error: unknown, subject: string) => void) | undefined;
}

export const MAX_OPEN_ASKS = 65_536;

/** Without anyone to tell, an error still must not vanish. */
export const warnOnError = (error: unknown, subject: string): void =>
  process.emitWarning(
    `${subject}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    {
      type: 'BusError',
    },
  );
