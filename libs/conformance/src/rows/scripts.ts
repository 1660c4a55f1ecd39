import { CHANNEL_GROUP_SCRIPTS } from './channel-group-scripts.ts';
import { CHANNEL_SCRIPTS } from './channel-scripts.ts';
import { CONSULT_SCRIPTS } from './consult-scripts.ts';
import { CONVERSATION_SCRIPTS } from './conversation-scripts.ts';
import { INTERACTION_SCRIPTS } from './interaction-scripts.ts';
import { type CommandScript } from './row.ts';
import { SESSION_OBJECT_SCRIPTS } from './session-object-scripts.ts';
import { SESSION_SCRIPTS } from './session-scripts.ts';

/** How every command of the catalogue is tried. */
export const SCRIPTS: readonly CommandScript[] = [
  ...SESSION_SCRIPTS,
  ...SESSION_OBJECT_SCRIPTS,
  ...CHANNEL_GROUP_SCRIPTS,
  ...CHANNEL_SCRIPTS,
  ...INTERACTION_SCRIPTS,
  ...CONSULT_SCRIPTS,
  ...CONVERSATION_SCRIPTS,
];
