const ID = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/;
const UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const REQUEST_ID = /^[A-Za-z0-9_-]{1,64}$/;

/** Object ids, tenants, processor and instance names: safe as one NATS token, one path segment, one key. */
export const isId = (value: unknown): value is string =>
  typeof value === 'string' && ID.test(value) && value !== 'CONTROL';

/** A session id is a canonical lower-case UUIDv7. */
export const isSessionId = (value: unknown): value is string =>
  typeof value === 'string' && UUID_V7.test(value);

/** A command id: opaque to the engine, 1 to 64 of `[A-Za-z0-9_-]`. */
export const isRequestId = (value: unknown): value is string =>
  typeof value === 'string' && REQUEST_ID.test(value);

/**
 * The `index`-th id of the family that `seed` (a UUIDv7) opens: the seed with its last two bytes replaced.
 * A decision that needs several new ids takes them from the one seed that came with its input, so that the
 * same input always leads to the same ids. `index` is 0 to 65535.
 */
export const deriveId = (seed: string, index: number): string =>
  seed.slice(0, -4) + index.toString(16).padStart(4, '0');
