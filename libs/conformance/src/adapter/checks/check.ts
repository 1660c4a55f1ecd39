import { type Stage } from '../desk/stage.ts';

export const LEVELS = ['basic', 'consult', 'conference', 'multimedia', 'vendor', 'recovery'] as const;
export type Level = (typeof LEVELS)[number];

/** One thing that is checked of an adapter. It raises when the adapter does something else than the bridge asks for. */
export interface AdapterCheck {
  /** Short and the same for ever: a check of section I, a sequence, a rule or a row of the bridge. */
  readonly id: string;
  readonly level: Level;
  /** The rows that it rests on. */
  readonly basis: string;
  /** What is expected, in one sentence. */
  readonly expects: string;
  readonly run: (stage: Stage) => Promise<void>;
}

/** The checks of one level, each given as id, basis, expectation and what it does. */
export const checksOf =
  (level: Level) =>
  (
    ...rows: readonly (readonly [id: string, basis: string, expects: string, run: AdapterCheck['run']])[]
  ): readonly AdapterCheck[] =>
    rows.map(([id, basis, expects, run]) => ({ id, level, basis, expects, run }));
