const SECRET_KEY = /passw|secret|token|authorization|credential|cookie|jwt|privatekey/i;
const URL_ACCESS = /(\/\/)[^\s/@]+@/g;
const BEARER = /(bearer[ .])[A-Za-z0-9._~+/=-]+/gi;
const HIDDEN = '[hidden]';
const MAX_DEPTH = 6;
const MAX_TEXT = 8_192;
const MAX_ITEMS = 100;

/** The text without passwords in addresses and without bearer tokens, at most 8,192 characters. */
export const scrubText = (text: string): string =>
  text.slice(0, MAX_TEXT).replace(URL_ACCESS, `$1${HIDDEN}@`).replace(BEARER, `$1${HIDDEN}`);

const ofError = (error: Error, depth: number): unknown => ({
  ...(redact({ ...error }, depth + 1) as object),
  name: error.name,
  message: scrubText(error.message),
  stack: scrubText(error.stack ?? ''),
  ...(error.cause === undefined ? {} : { cause: redact(error.cause, depth + 1) }),
});

/** What may be logged of a value: secrets hidden by key, texts scrubbed, depth and width bounded. */
export const redact = (value: unknown, depth = 0): unknown => {
  if (typeof value === 'string') return scrubText(value);
  if (typeof value === 'bigint') return value.toString();
  if (typeof value !== 'object' || value === null) return value;
  if (depth > MAX_DEPTH) return '[deeper]';
  if (value instanceof Error) return ofError(value, depth);
  if (value instanceof Date) return value;
  if (Array.isArray(value)) return value.slice(0, MAX_ITEMS).map((item) => redact(item, depth + 1));
  return Object.fromEntries(
    Object.entries(value)
      .slice(0, MAX_ITEMS)
      .map(([key, item]) => [key, SECRET_KEY.test(key) && item ? HIDDEN : redact(item, depth + 1)]),
  );
};
