import { type Headers } from '@cordboard/bus';
import { type Host } from './host.ts';

/** What becomes of one publication on its way to one hearer. */
export type Fate = 'arrives' | 'lost' | 'doubled';

/** A connection as the faults see it. */
export interface Cable {
  readonly host: Host;
  readonly isOpen: () => boolean;
  /** Breaks it: both ends notice, the server a little later. */
  readonly sever: () => void;
  /** Lets nothing through for a while, in one direction. */
  readonly stall: (direction: 'in' | 'out', ms: number) => void;
}

/** Metadata and text of one message. */
export interface Message {
  readonly subject: string;
  readonly body: string;
  readonly headers: Headers;
}
