import { type Invariant } from '../checker/violation.ts';
import { type FaultKind } from '../faults/kinds.ts';
import { type Spoilt } from '../world/world.ts';

/** A known bug: a faulty port, and the promises of which it breaks at least one. */
export interface Bug {
  readonly name: string;
  readonly spoilt: Spoilt;
  /** What brings it to light. */
  readonly faults: readonly FaultKind[];
  readonly breaks: readonly Invariant[];
}
