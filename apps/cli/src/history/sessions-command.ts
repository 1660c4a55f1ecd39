import { formatSessions } from './format-sessions.ts';
import { withHistory } from './open-history.ts';

const LISTED = 1000;

/** `cordboard sessions` */
export const sessionsCommand = async ({ json }: { readonly json: boolean }): Promise<void> => {
  const sessions = await withHistory((store) => store.sessions({ limit: LISTED }));
  if (json) for (const session of sessions) console.log(JSON.stringify(session));
  else console.log(formatSessions(sessions));
};
