import { MAX_LISTED } from '../limits.ts';
import { agentsOf } from '../lookup.ts';
import { type SwitchState } from '../model.ts';

/** A number that can be dialled at a touch. */
export interface DirectoryEntry {
  readonly name: string;
  readonly destination: string;
  readonly type: string;
}

const outside: readonly DirectoryEntry[] = [
  { name: 'Example Supplier', destination: '+12025550130', type: 'external' },
  { name: 'Example Repairs', destination: '+12025550104', type: 'external' },
];

/** Whom an agent can dial at a touch: the colleagues, and some numbers outside. */
export const directory = (state: SwitchState): readonly DirectoryEntry[] => [
  ...agentsOf(state)
    .slice(0, MAX_LISTED)
    .map(({ id, name }) => ({ name, destination: id, type: 'agent' })),
  ...outside,
];
