import { type ProcessMemory } from '../../app-process.ts';

/** What the process of the Socket.IO server is told, one after the other. */
export type Order =
  | { readonly kind: 'begin' | 'connected' | 'memory' }
  | { readonly kind: 'emit'; readonly rooms: readonly string[]; readonly events: readonly object[] };

/** And what it answers. */
export interface Told {
  readonly port?: number;
  readonly count?: number;
  readonly memory?: ProcessMemory;
}
