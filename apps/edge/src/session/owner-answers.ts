import { isJsonObject, type JsonObject } from '@cordboard/kernel';

/** A bind that the owner granted. */
export interface BindGrant {
  readonly mode: 'resumed' | 'reset';
  /** The last object event of the session when it was granted; 0 before the first. */
  readonly sequence: number;
}

/** How the owner answered a renewal. `unclear` changes nothing. */
export type Renewal =
  | { readonly kind: 'bound'; readonly sequence: number }
  | { readonly kind: 'unbound' }
  | { readonly kind: 'session-ended' }
  | { readonly kind: 'unclear' };

const objectOf = (text: string): JsonObject => {
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) ? value : {};
  } catch {
    return {};
  }
};

/** The grant in a response to bindSession; null when it is a refusal. */
export const readBindGrant = (body: string): BindGrant | null => {
  const { result, data } = objectOf(body);
  if (result !== 'success' || !isJsonObject(data)) return null;
  const { mode, sequence } = data;
  return {
    mode: mode === 'resumed' ? 'resumed' : 'reset',
    sequence: typeof sequence === 'number' ? sequence : 0,
  };
};

export const readRenewal = (body: string): Renewal => {
  const { bound, sequence, code } = objectOf(body);
  if (bound === true) return { kind: 'bound', sequence: typeof sequence === 'number' ? sequence : 0 };
  if (code === 'SESSION_CLOSED' || code === 'UNKNOWN_TARGET') return { kind: 'session-ended' };
  return bound === false ? { kind: 'unbound' } : { kind: 'unclear' };
};
