import { type StoredEvent } from '@cordboard/event-store';
import {
  type Effect,
  groupedBy,
  type Invariant,
  type Records,
  type Violation,
  violationOf,
} from './records.ts';

const violation = violationOf('every switch effect has an earlier intent and happens once');

/** Clocks of processes on one machine differ by less; one that is an hour off tells nothing about order. */
const CLOCK_MS = 1_000;
const OFF_MS = 1_800_000;

/** Kinds of request that only read: nothing of them is written down. */
const isReading = (type: string): boolean => type.startsWith('Read');

const repeatedFacts = (session: string, rows: readonly StoredEvent[]): readonly Violation[] => {
  const found: Violation[] = [];
  let last = 0;
  for (const { type, seq, data, meta } of rows) {
    const request = data['request'] as { readonly type?: string } | undefined;
    if (type === 'AdapterAssigned' || (type === 'SwitchRequested' && request?.type === 'CreateSession'))
      last = 0;
    if (meta.ctiSeq === undefined) continue;
    if (meta.ctiSeq < last) found.push(violation(session, seq, `switch event ${meta.ctiSeq} after ${last}`));
    last = Math.max(last, meta.ctiSeq);
  }
  return found;
};

/** What the survey after an adapter's restart tells it again, so that it knows the objects; no row asks for each. */
const TOLD_AGAIN = /\.request\.(addchannelgroup|addchannel|createinteraction|createconversation)$/;
const SURVEY_MS = 120_000;

const isOfSurvey = ({ name, target, at }: Effect, sessions: Records['sessions']): boolean =>
  TOLD_AGAIN.test(name) &&
  (sessions.get(target.split('.')[0] ?? '') ?? []).some(
    (row) => row.type === 'ReconcileBegan' && row.at - at < CLOCK_MS && at - row.at < SURVEY_MS,
  );

/** Intents by request id, answers by request id. */
const requestsOf = (
  rows: readonly StoredEvent[],
  type: string,
): ReadonlyMap<string, readonly StoredEvent[]> =>
  groupedBy(
    rows.filter((row) => row.type === type),
    ({ data }) => data['requestId'] as string,
  );

/** What the adapter did was asked for by a row that stands before, once; what succeeded was done. */
export const effectsHaveIntents: Invariant = ({ sessions, effects }) => {
  const rows = [...sessions.values()].flat();
  const intents = requestsOf(rows, 'SwitchRequested');
  const done = groupedBy(effects, ({ requestId }) => requestId);
  const found: Violation[] = [...sessions].flatMap(([session, own]) => repeatedFacts(session, own));
  for (const [id, [intent, again]] of intents)
    if (again !== undefined)
      found.push(violation(again.sessionId, again.seq, `${id} is asked for twice, first at ${intent?.seq}`));
  for (const [id, times] of done) {
    const [first, again] = times;
    const intent = intents.get(id)?.[0];
    const session = intent?.sessionId ?? first?.target ?? '';
    if (again !== undefined)
      found.push(
        violation(session, intent?.seq ?? null, `${again.name} ${id} was done ${times.length} times`),
      );
    if (intent === undefined && !(first !== undefined && isOfSurvey(first, sessions)))
      found.push(violation(session, null, `${first?.name} ${id} was done, nobody asked for it`));
    const early = (intent?.at ?? 0) - (first?.at ?? 0);
    if (early > CLOCK_MS && early < OFF_MS)
      found.push(
        violation(session, intent?.seq ?? null, `${id} was done ${early} ms before it was asked for`),
      );
  }
  for (const [id, [answer]] of requestsOf(rows, 'SwitchAnswered')) {
    const { type } = (intents.get(id)?.[0]?.data['request'] ?? { type: 'Read' }) as { readonly type: string };
    const { ok } = answer?.data['answer'] as { readonly ok: boolean };
    if (ok && !isReading(type) && !done.has(id))
      found.push(
        violation(
          answer?.sessionId ?? '',
          answer?.seq ?? null,
          `${type} ${id} succeeded, the switch did nothing`,
        ),
      );
  }
  return found;
};
