import { type ClientLog } from './load/client-log.ts';

/** How long agents waited for their first success of a command sent after a fault was over, in ms. */
export interface Recovery {
  readonly medianMs: number | null;
  readonly worstMs: number | null;
  /** Agents who had none in the time that was waited. */
  readonly missing: number;
  /** Commands that were sent during the fault and were refused. */
  readonly failed: number;
}

/** Per agent: from `since` to the first success of anything sent after it began. */
const firstSuccess = ({ entries }: ClientLog, begun: number, since: number): number | null => {
  const sent = new Set<string>();
  for (const entry of entries) {
    if (entry.at < begun) continue;
    if (entry.kind === 'sent') sent.add(entry.id);
    if (entry.kind === 'answer' && entry.result === 'success' && sent.has(entry.id) && entry.at >= since)
      return entry.at - since;
  }
  return null;
};

const UNAVAILABLE = ['SERVICE_UNAVAILABLE', 'CTI_ERROR', 'UNKNOWN_TARGET', 'SESSION_CLOSED'];

const failedIn = ({ entries }: ClientLog, begun: number): number =>
  new Set(
    entries.flatMap((entry) =>
      entry.kind === 'answer' && entry.at >= begun && UNAVAILABLE.includes(entry.code ?? '')
        ? [entry.id]
        : [],
    ),
  ).size;

export const recoveryOf = (clients: readonly ClientLog[], begun: number, since: number): Recovery => {
  const times = clients
    .map((client) => firstSuccess(client, begun, since))
    .filter((time) => time !== null)
    .sort((a, b) => a - b);
  return {
    medianMs: times[Math.floor(times.length / 2)] ?? null,
    worstMs: times.at(-1) ?? null,
    missing: clients.length - times.length,
    failed: clients.reduce((sum, client) => sum + failedIn(client, begun), 0),
  };
};
