import { type Clock } from '@cordboard/kernel';
import { type DataFolder } from '../data-folder.ts';
import { type RunningParts } from './running-parts.ts';
import { type Secrets } from './secrets.ts';
import { type Terminal } from './terminal.ts';

/** What every step of a start works with. */
export interface Installation {
  readonly folder: DataFolder;
  readonly secrets: Secrets;
  readonly terminal: Terminal;
  readonly clock: Clock;
  readonly parts: RunningParts;
  /** Throws when the start was called off. */
  readonly goOn: () => void;
}
