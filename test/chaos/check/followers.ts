import { type Fed, groupedBy, type Invariant, type Violation, type Records, violationOf } from './records.ts';

const violation = violationOf('every follower equals Postgres');

/** Every row is there, once, in the order of its session. */
const compared = (
  who: string,
  { sessions }: Records,
  rows: readonly (Fed & { readonly hash?: Buffer })[],
): readonly Violation[] => {
  const given = groupedBy(rows, ({ sessionId }) => sessionId);
  const known = [...sessions].flatMap(([session, rows]) => {
    const heard = given.get(session) ?? [];
    const at = rows.findIndex(({ seq, hash }, index) => {
      const other = heard[index];
      return other?.seq !== seq || other.hash?.equals(hash) === false;
    });
    if (at >= 0) {
      const instead = heard[at] === undefined ? 'nothing' : `sequence ${heard[at].seq}`;
      return [violation(session, rows[at]?.seq ?? null, `${who} was given ${instead} in its place`)];
    }
    return heard.length > rows.length
      ? [violation(session, null, `${who} was given more than there is`)]
      : [];
  });
  const foreign = [...given.keys()].filter((session) => !sessions.has(session));
  return [
    ...known,
    ...foreign.map((session) => violation(session, null, `${who} was given rows that do not stand`)),
  ];
};

/** What was stored so shortly before a client left may not have reached it. */
const ON_ITS_WAY_MS = 1_000;

/** A client heard each object event once, in order; it may have skipped those before a snapshot. */
const ofClients: Invariant = ({ sessions, clients }) =>
  clients.flatMap(({ session, entries }) => {
    const wire = (sessions.get(session) ?? []).filter(({ name }) => name !== null).map(({ seq }) => seq);
    const previous = new Map(wire.map((seq, index) => [seq, wire[index - 1] ?? 0]));
    const found: Violation[] = [];
    let cursor = 0;
    for (const entry of entries) {
      if (entry.kind === 'double')
        found.push(violation(session, entry.sequence, 'a client was told it twice'));
      if (entry.kind === 'bound' && entry.mode === 'reset') cursor = entry.sequence;
      if (entry.kind !== 'event') continue;
      if (previous.get(entry.sequence) !== cursor)
        found.push(violation(session, entry.sequence, `a client was told it after ${cursor}`));
      cursor = entry.sequence;
    }
    const leftAt = entries.find(({ kind }) => kind === 'left')?.at ?? Infinity;
    const last =
      (sessions.get(session) ?? []).findLast(({ name, at }) => name !== null && at < leftAt - ON_ITS_WAY_MS)
        ?.seq ?? 0;
    if (cursor < last) found.push(violation(session, last, `a client knows everything up to ${cursor} only`));
    return found;
  });

export const followersEqualLog: Invariant = (records) => [
  ...compared('a follower', records, records.followed),
  ...compared('the feed', records, records.fed),
  ...ofClients(records),
];

/** What an owner has in memory, as it tells a new client, is what its rows fold to. */
export const memoryEqualsFold: Invariant = ({ seen }) =>
  seen.flatMap(({ session, sequence, memory, fold }) =>
    [...new Set([...Object.keys(memory), ...Object.keys(fold)])].flatMap((target) => {
      const [told, folded] = [JSON.stringify(memory[target]), JSON.stringify(fold[target])];
      if (told === folded) return [];
      return [
        violationOf('memory equals fold')(session, sequence, `${target}: memory ${told}, fold ${folded}`),
      ];
    }),
  );
