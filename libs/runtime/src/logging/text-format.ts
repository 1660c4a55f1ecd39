import { type DestinationStream } from 'pino';

const HIDDEN_KEYS = new Set(['level', 'time', 'app', 'pid', 'msg', 'stack']);

const valueText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

const stackOf = (line: Readonly<Record<string, unknown>>): string => {
  const { error } = line;
  const holder = typeof error === 'object' && error !== null ? error : line;
  return 'stack' in holder && typeof holder.stack === 'string' ? `\n${holder.stack}` : '';
};

const contextText = (line: Readonly<Record<string, unknown>>): string =>
  Object.entries(line)
    .filter(([key]) => !HIDDEN_KEYS.has(key))
    .map(([key, value]) => {
      const named = typeof value === 'object' && value !== null && 'stack' in value && 'message' in value;
      return ` ${key}=${valueText(named ? value.message : value)}`;
    })
    .join('');

/** `12:00:00.123 WARN  edge: message key=value`. */
const toText = (json: string): string => {
  const line = JSON.parse(json) as Readonly<Record<string, unknown>>;
  const time = valueText(line.time).slice(11, 23);
  const level = valueText(line.level).toUpperCase().padEnd(5);
  return `${time} ${level} ${valueText(line.app)}: ${valueText(line.msg)}${contextText(line)}${stackOf(line)}\n`;
};

/** Turns the logger's JSON lines into lines for people. */
export const textDestination = (target: DestinationStream): DestinationStream => ({
  write: (json) => target.write(toText(json)),
});
