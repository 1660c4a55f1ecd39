import { type SessionEvent } from '@cordboard/domain';
import { type Keyring, type StoredEvent } from '@cordboard/event-store';
import { targetKind } from '@cordboard/kernel';
import { fromRecord } from '@cordboard/translation';
import { createCauses } from './what-caused.ts';
import { whatHappened } from './what-happened.ts';

/** One line of a session's history. */
export interface TimelineRow {
  /** Milliseconds since the epoch. */
  readonly time: number;
  readonly seq: number;
  /** Kind and shortened id, for example `conversation 0a2f01`; the session has no id here. */
  readonly object: string;
  readonly what: string;
  readonly cause: string;
}

const SHOWN_ID = 6;

const objectOf = ({ target }: SessionEvent, path: string): string => {
  const kind = targetKind(target);
  return kind === 'session' ? kind : `${kind} ${path.slice(path.lastIndexOf('.') + 1).slice(-SHOWN_ID)}`;
};

/**
 * What happened in a session and who or what caused it, in human words. With a keyring personal values are
 * told, without one they stand as `(sealed)`. A row that this release cannot read is named by its type.
 */
export const timeline = (
  events: readonly StoredEvent[],
  keyring?: Pick<Keyring, 'open'>,
): readonly TimelineRow[] => {
  const causes = createCauses();
  return events.map((row) => {
    const { at, seq, target, meta } = row;
    const read = fromRecord({ ...row, data: keyring === undefined ? row.data : keyring.open(row) });
    if (!read.ok)
      return { time: at, seq, object: target, what: `${row.type}: ${read.error}`, cause: causes.tell(meta) };
    causes.learn(read.value);
    return {
      time: at,
      seq,
      object: objectOf(read.value, target),
      what: whatHappened(read.value),
      cause: causes.tell(meta),
    };
  });
};
