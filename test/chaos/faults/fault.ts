import { type Random } from '../../e2e/support/random.ts';
import { type Load } from '../load/load.ts';
import { type Town } from '../town/town.ts';

/** Where a fault strikes. */
export interface Scene {
  readonly town: Town;
  readonly load: Load;
  readonly random: Random;
  /** How much longer than in the short run faults may last, 1 there. */
  readonly patience: number;
  /** How many browsers come back at once. */
  readonly browsers: number;
}

/** One kind of fault. */
export interface Fault {
  readonly name: string;
  readonly about: string;
  /** Settles when it is over: what was broken is whole again, or will be by itself. */
  readonly strike: (scene: Scene) => Promise<void>;
  /** It needs a database server of its own. */
  readonly ownDatabase?: boolean;
  /** No command may fail because of it. */
  readonly unnoticed?: boolean;
}

/** A time in ms, drawn. */
export const between = (random: Random, least: number, most: number): number =>
  least + random.int(Math.max(1, most - least));
