import { type StoredEvent } from '@cordboard/event-store';
import { type ClientLog, type Entry } from '../load/client-log.ts';
import { groupedBy, type Invariant, type Violation, violationOf } from './records.ts';

type Answer = Extract<Entry, { kind: 'answer' }>;

const commandIdOf = (row: StoredEvent): string => row.data['commandId'] as string;
const ofType = (rows: readonly StoredEvent[], type: string): readonly StoredEvent[] =>
  rows.filter((row) => row.type === type);

const outcomeOf = (row: StoredEvent): string => {
  const { result, code } = row.data['outcome'] as { readonly result: string; readonly code?: string };
  return code === undefined ? result : `${result} ${code}`;
};

const answersOf = (client: ClientLog): readonly Answer[] =>
  client.entries.filter((entry): entry is Answer => entry.kind === 'answer');

/** A rejection is not stored and is decided again; these say nothing about what became of the command. */
const isDecided = ({ result }: Answer): boolean => result === 'success' || result === 'needinfo';

/** What was acknowledged stands in the log, once, with the same outcome; no command was accepted twice. */
export const acknowledgedIsStored: Invariant = ({ clients, sessions }) => {
  const violation = violationOf('acknowledged means stored exactly once');
  return clients.flatMap((client) => {
    const rows = sessions.get(client.session) ?? [];
    const found: Violation[] = [];
    const completed = groupedBy(ofType(rows, 'CommandCompleted'), commandIdOf);
    const accepted = groupedBy(ofType(rows, 'CommandAccepted'), commandIdOf);
    for (const [id, stored] of [...completed, ...accepted])
      if (stored.length > 1)
        found.push(
          violation(
            client.session,
            stored[1]?.seq ?? null,
            `${stored[0]?.type} of ${id} stands ${stored.length} times`,
          ),
        );
    const told = answersOf(client).filter(isDecided);
    for (const { id, result, command } of told) {
      const row = completed.get(id)?.[0];
      if (row === undefined)
        found.push(
          violation(client.session, null, `${command} ${id} was answered ${result}, the log has no outcome`),
        );
      else if (!outcomeOf(row).startsWith(result))
        found.push(
          violation(client.session, row.seq, `${id} was answered ${result}, the log says ${outcomeOf(row)}`),
        );
    }
    return found;
  });
};

interface Interval {
  readonly id: string;
  readonly sentAt: number;
  readonly answeredAt: number;
  readonly seq: number;
}

const intervalsOf = (client: ClientLog, rows: readonly StoredEvent[]): readonly Interval[] => {
  const seqs = new Map(ofType(rows, 'CommandCompleted').map((row) => [commandIdOf(row), row.seq]));
  const sent = new Map<string, number>();
  const done = new Map<string, Interval>();
  for (const entry of client.entries) {
    if (entry.kind === 'sent' && !sent.has(entry.id)) sent.set(entry.id, entry.at);
    if (entry.kind !== 'answer' || !isDecided(entry) || done.has(entry.id)) continue;
    const seq = seqs.get(entry.id);
    if (seq === undefined) continue;
    done.set(entry.id, { id: entry.id, sentAt: sent.get(entry.id) ?? entry.at, answeredAt: entry.at, seq });
  }
  return [...done.values()];
};

/** Who was answered before another one was sent stands before it; repeated commands get one answer. */
export const repliesFitOneOrder: Invariant = ({ clients, sessions }) => {
  const violation = violationOf('replies fit one serial order');
  return clients.flatMap((client) => {
    const found: Violation[] = [];
    const intervals = [...intervalsOf(client, sessions.get(client.session) ?? [])].sort(
      (a, b) => a.sentAt - b.sentAt,
    );
    const byAnswer = [...intervals].sort((a, b) => a.answeredAt - b.answeredAt);
    let answered = 0;
    let highest: Interval | null = null;
    for (const one of intervals) {
      for (let next = byAnswer[answered]; next !== undefined && next.answeredAt < one.sentAt;) {
        if (highest === null || next.seq > highest.seq) highest = next;
        answered += 1;
        next = byAnswer[answered];
      }
      if (highest !== null && highest.seq > one.seq)
        found.push(
          violation(
            client.session,
            one.seq,
            `${one.id} was sent after ${highest.id} (${highest.seq}) was answered`,
          ),
        );
    }
    for (const [id, answers] of groupedBy(answersOf(client), ({ id: of }) => of)) {
      const first = answers.findIndex(isDecided);
      const other = answers
        .slice(first + 1)
        .find((answer) => first >= 0 && answer.result !== answers[first]?.result);
      const code = other?.code ?? '';
      if (
        other !== undefined &&
        !['SERVICE_UNAVAILABLE', 'TOO_MANY_REQUESTS', 'SESSION_TAKEN_OVER'].includes(code)
      )
        found.push(
          violation(
            client.session,
            null,
            `${id} was answered ${answers[first]?.result}, then ${other.result} ${code}`,
          ),
        );
    }
    return found;
  });
};
