import { type ProcessorStatus } from '@cordboard/cti-protocol';
import { createAdapterPeer } from './core/adapter-peer.ts';
import { type PeerOptions } from './core/core-context.ts';
import { type AdapterReport } from './core/report.ts';
import { type LinkStats, type LinkTo } from './peer.ts';

/** An adapter between one switch and Cordboard. */
export interface Adapter {
  /** Connects, again and again, and takes sessions. */
  readonly start: () => void;
  /** What the switch did; call it in the order in which it happened. */
  readonly report: AdapterReport;
  /** The link to the switch changed; only STARTED takes sessions. The same as `report.status`. */
  readonly setStatus: (status: ProcessorStatus, reason?: string) => void;
  /** Takes no more sessions, finishes what is under way (2 s at most), says STOPPED and falls silent. */
  readonly stop: () => Promise<void>;
  readonly health: () => AdapterHealth;
}

/** How an adapter is: its status, and what its link is doing. */
export interface AdapterHealth extends LinkStats {
  readonly status: ProcessorStatus;
}

/** What an adapter is made of, and what carries it. */
export interface AdapterOptions extends PeerOptions {
  readonly link: LinkTo;
}

/** Makes an adapter; nothing is said before `start`. */
export const createAdapter = (options: AdapterOptions): Adapter => {
  const peer = createAdapterPeer(options);
  const link = options.link(peer);
  return {
    start: link.start,
    report: peer.report,
    setStatus: peer.report.status,
    stop: async () => {
      peer.report.status('STOPPING');
      await link.stop();
    },
    health: () => ({ status: peer.status(), ...link.stats() }),
  };
};
