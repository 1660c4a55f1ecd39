import { CATALOGUE } from '@cordboard/agent-protocol/catalogue';
import { namesOf } from '../check/event-list.ts';
import { written } from './command-checks.ts';
import { SCRIPTS } from './scripts.ts';

/** Held everywhere by the checks that are made from the catalogue alone. */
const TRIED_FOR_ALL = ['started', 'known-target', 'not-started'];
/** What a run cannot bring about: a switch that lacks something, a moment within the start, a leg that is gone. */
const OUT_OF_REACH = ['supported', 'logout-reason-given', 'initialized', 'live'];

const isSubsequence = (wanted: readonly string[], list: readonly string[]): boolean => {
  let at = 0;
  for (const name of list) if (name === wanted[at]) at += 1;
  return at === wanted.length;
};

describe('the scripts', () => {
  it('try every command of the catalogue, each once', () => {
    expect(SCRIPTS.map(({ command }) => command).sort()).toEqual(
      CATALOGUE.commands.map(({ name }) => name).sort(),
    );
  });

  it.each(SCRIPTS)(
    '$command: some success brings its whole list of events, in order',
    ({ command, successes }) => {
      const { events } = written(command);
      const always = events.filter(({ when, each }) => when === undefined && each === undefined);
      const lists = successes.flatMap(({ lists: all }) => [...all, all.flat()]);
      const wanted = always.map(({ event }) => event);
      const found = wanted.length === 0 || lists.some((list) => isSubsequence(wanted, namesOf(list)));
      expect({ command, wanted, found }).toEqual({ command, wanted, found: true });
    },
  );

  it.each(SCRIPTS)('$command: every precondition is broken once, with its code', ({ command, refusals }) => {
    const { preconditions } = written(command);
    const reachable = preconditions.filter((name) => ![...TRIED_FOR_ALL, ...OUT_OF_REACH].includes(name));
    const broken = refusals.flatMap(({ breaks = [] }) => breaks);
    expect(reachable.filter((name) => !broken.includes(name))).toEqual([]);
    for (const { breaks, code } of refusals) {
      if (breaks !== undefined)
        expect([breaks, CATALOGUE.preconditions[breaks]?.failure]).toEqual([breaks, code]);
      expect(written(command).failures).toContain(code);
    }
  });
});
