import { type Invariant } from '../checker/violation.ts';
import { type Spoilt } from '../world/world.ts';

/** A known bug: a faulty port, and the promise that it breaks. */
export interface Bug {
  readonly name: string;
  readonly spoilt: Spoilt;
  /** The promises of which at least one is seen broken. */
  readonly breaks: readonly Invariant[];
}
const BUGS: readonly Bug[] = [];
export const bugNamed = (name: string): Bug => {
  const bug = BUGS.find((known) => known.name === name);
  if (bug === undefined)
    throw new Error(`no such bug: ${name}; there are ${BUGS.map((known) => known.name).join(', ')}`);
  return bug;
};
