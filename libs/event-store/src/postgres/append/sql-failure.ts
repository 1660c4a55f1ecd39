/**
 * What a failed statement means for the batch. `key`: another writer was first, or a predecessor lacks; `row`: a
 * row that the database will not take; `passing`: the same statement may succeed at once; `database`: refused
 * whatever the rows. In these nothing was stored. `lost`: whether it was stored is not known.
 */
export interface SqlFailure {
  readonly kind: 'key' | 'row' | 'passing' | 'database' | 'lost';
  readonly reason: string;
}

const UNIQUE_VIOLATION = '23505';
const NOT_NULL_VIOLATION = '23502';
const COMPLETION_UNKNOWN = '40003';

const BY_CLASS: Readonly<Record<string, SqlFailure['kind']>> = {
  '0A': 'database',
  '22': 'row',
  '23': 'row',
  '25': 'database',
  '26': 'database',
  '40': 'passing',
  '42': 'database',
  '54': 'row',
  '55': 'database',
};

const kindOf = (code: string): SqlFailure['kind'] => {
  if (code === UNIQUE_VIOLATION || code === NOT_NULL_VIOLATION) return 'key';
  if (code === COMPLETION_UNKNOWN) return 'lost';
  // Statement timeout or cancelled: the server says that it rolled back.
  if (code === '57014') return 'database';
  return BY_CLASS[code.slice(0, 2)] ?? 'lost';
};

/** Reads what the `pg` client threw. Anything without a class listed here counts as lost: a crash has many codes. */
export const sqlFailure = (error: unknown): SqlFailure => {
  const { code, message } = error as { readonly code?: unknown; readonly message?: unknown };
  const reason = typeof message === 'string' ? message : String(error);
  return { kind: typeof code === 'string' ? kindOf(code) : 'lost', reason };
};
