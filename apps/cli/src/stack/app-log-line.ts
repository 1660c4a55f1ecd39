/** The levels of the apps' logs that are worth a look at once. */
const SHOWN: Readonly<Record<string, string>> = { warn: 'warning', error: 'error', fatal: 'error' };

const parse = (line: string): Readonly<Record<string, unknown>> | null => {
  if (!line.startsWith('{')) return null;
  try {
    const entry: unknown = JSON.parse(line);
    return typeof entry === 'object' ? (entry as Record<string, unknown>) : null;
  } catch {
    return null;
  }
};

const reasonOf = (entry: Readonly<Record<string, unknown>>): string => {
  const error = entry['err'] ?? entry['error'] ?? entry['why'];
  const message = typeof error === 'object' && error !== null && 'message' in error ? error.message : error;
  return typeof message === 'string' && message !== entry['msg'] ? `: ${message}` : '';
};

/**
 * What the terminal shows of a line that an app wrote: warnings, errors and whatever is no log entry (a crash
 * writes its stack plainly); null for the rest, which only the log file keeps.
 */
export const forTerminal = (line: string): string | null => {
  const entry = parse(line);
  if (entry === null) return line.trim() === '' ? null : line;
  const { level, msg } = entry;
  const shown = typeof level === 'string' && Object.hasOwn(SHOWN, level) ? SHOWN[level] : undefined;
  if (shown === undefined) return null;
  return `${shown}: ${typeof msg === 'string' ? msg : ''}${reasonOf(entry)}`;
};
