/** The last row of a stream. */
export interface StreamTail {
  readonly tenant: string;
  readonly seq: number;
  readonly epoch: number;
  /** A session whose place in `open_sessions` was given back; nothing is appended to it any more. */
  readonly closed: boolean;
  /** The highest row version in the stream (design K22). */
  readonly version: number;
}
