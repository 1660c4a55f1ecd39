import { callChecks } from './call-checks.ts';
import { channelChecks } from './channel-checks.ts';
import { type AdapterCheck, type Level } from './check.ts';
import { conferenceChecks } from './conference-checks.ts';
import { consultChecks } from './consult-checks.ts';
import { controlChecks } from './control-checks.ts';
import { frameChecks } from './frame-checks.ts';
import { legChecks } from './leg-checks.ts';
import { multimediaChecks } from './multimedia-checks.ts';
import { objectChecks } from './object-checks.ts';
import { recoveryChecks } from './recovery-checks.ts';
import { vendorChecks } from './vendor-checks.ts';

const ALL: readonly AdapterCheck[] = [
  ...frameChecks,
  ...controlChecks,
  ...objectChecks,
  ...channelChecks,
  ...callChecks,
  ...legChecks,
  ...consultChecks,
  ...conferenceChecks,
  ...multimediaChecks,
  ...vendorChecks,
  ...recoveryChecks,
];

/** The checks of these levels, or those of them whose id begins so. */
export const checksAt = (levels: readonly Level[], only = ''): readonly AdapterCheck[] =>
  ALL.filter(({ level, id }) => levels.includes(level) && id.startsWith(only));
