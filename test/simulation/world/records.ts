import { type JsonObject } from '@cordboard/kernel';

/** A command as the browser knows it, from its first sending to its answer. */
export interface Asked {
  readonly agent: string;
  readonly requestId: string;
  readonly command: string;
  readonly target: string;
  readonly data: JsonObject;
  readonly step: number;
  readonly at: number;
  times: number;
  /** All answers that came, in order. */
  readonly answers: Answered[];
}

export interface Answered {
  readonly step: number;
  readonly at: number;
  readonly body: JsonObject;
}

/** What one browser got of one session since it last began anew: the log's wire rows after `from`, without a hole. */
export interface Stretch {
  readonly agent: string;
  readonly session: string;
  readonly from: number;
  readonly frames: { readonly sequence: number; readonly name: string; readonly target: string }[];
  /** When everything was over and the browser still bound: it must have all that was stored by then. */
  liveAt: number | null;
}

/** The independent record of the browsers. */
export interface ClientLog {
  readonly asked: Map<string, Asked>;
  readonly stretches: Stretch[];
}

export const emptyClientLog = (): ClientLog => ({ asked: new Map(), stretches: [] });
