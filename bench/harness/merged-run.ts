import { type Run } from './run.ts';

/** An earlier run in which some groups are replaced by what a later one found, and say so. */
export const mergedRun = (before: Run, later: Run): Run => {
  const again = new Map(
    later.groups.map((group) => [
      group.name,
      { ...group, notes: [...group.notes, `measured again, in a run of its own, on ${later.date}`] },
    ]),
  );
  const known = new Set(before.groups.map(({ name }) => name));
  return {
    ...before,
    groups: [
      ...before.groups.map((group) => again.get(group.name) ?? group),
      ...[...again.values()].filter(({ name }) => !known.has(name)),
    ],
  };
};
