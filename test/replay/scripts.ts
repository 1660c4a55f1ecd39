import { type Script } from './history.ts';
import { AFTER_WORK } from './scripts/after-work.ts';
import { CALLS } from './scripts/calls.ts';
import { CHANNELS } from './scripts/channels.ts';
import { CONSULTS } from './scripts/consults.ts';
import { FEATURES } from './scripts/features.ts';
import { MEDIA } from './scripts/media.ts';
import { MOVES } from './scripts/moves.ts';
import { RECOVERIES } from './scripts/recoveries.ts';
import { SESSIONS } from './scripts/sessions.ts';

/** What is recorded, by name of the history; one is never taken out, since streams like it exist. */
export const SCRIPTS: Readonly<Record<string, Script>> = {
  ...CONSULTS,
  ...MOVES,
  ...CHANNELS,
  ...FEATURES,
  ...AFTER_WORK,
  ...MEDIA,
  ...CALLS,
  ...SESSIONS,
  ...RECOVERIES,
};
