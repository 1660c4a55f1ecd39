import { type AdapterLogger } from '../ports.ts';

const plain = (_: string, value: unknown): unknown => {
  if (value instanceof Error) return value.stack;
  return typeof value === 'bigint' ? String(value) : value;
};

/** A logger that writes one JSON object a line. */
export const jsonLog = (write: (line: string) => void, now: () => number): AdapterLogger => {
  const at =
    (level: string): AdapterLogger['info'] =>
    (message, fields = {}) => {
      const time = new Date(now()).toISOString();
      write(`${JSON.stringify({ time, level, message, ...fields }, plain)}\n`);
    };
  return { info: at('info'), warn: at('warn'), error: at('error') };
};
