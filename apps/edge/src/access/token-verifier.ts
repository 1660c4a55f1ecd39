import { type Clock, err, type Result } from '@cordboard/kernel';
import { createRemoteJWKSet, errors, type JWTPayload, jwtVerify, type JWTVerifyOptions } from 'jose';
import { type Identity, identityOf } from './identity.ts';

/** `refused`: the token is missing, ended, foreign or forged. `unavailable`: the keys cannot be had right now. */
interface TokenProblem {
  readonly kind: 'refused' | 'unavailable';
  readonly message: string;
}

export type TokenVerifier = (token: string) => Promise<Result<Identity, TokenProblem>>;

/** One configured way of signing: a shared secret (HS256) or a set of public keys. */
export type TokenKeys =
  | { readonly kind: 'secret'; readonly secret: string }
  | { readonly kind: 'jwks'; readonly url: string; readonly algorithm: string };

export const AUDIENCE = 'cordboard';
const MAX_TOKEN_LENGTH = 8_192;
const CLOCK_TOLERANCE_S = 5;

type Check = (token: string, options: JWTVerifyOptions) => Promise<{ readonly payload: JWTPayload }>;

const checkBy = (keys: TokenKeys): Check => {
  if (keys.kind === 'secret') {
    const secret = new TextEncoder().encode(keys.secret);
    return (token, options) => jwtVerify(token, secret, { ...options, algorithms: ['HS256'] });
  }
  const set = createRemoteJWKSet(new URL(keys.url));
  return (token, options) => jwtVerify(token, set, { ...options, algorithms: [keys.algorithm] });
};

const KEYS_UNAVAILABLE = [errors.JWKSTimeout, errors.JWKSInvalid];

const problemOf = (error: unknown): TokenProblem => {
  const unavailable =
    !(error instanceof errors.JOSEError) || KEYS_UNAVAILABLE.some((kind) => error instanceof kind);
  if (unavailable) return { kind: 'unavailable', message: 'the keys for tokens cannot be had right now' };
  if (error instanceof errors.JWTExpired) return { kind: 'refused', message: 'the token has ended' };
  return { kind: 'refused', message: 'the token is not valid here' };
};

/** Checks signature, audience and end of a token, and reads who it speaks for. */
export const createTokenVerifier = (keys: TokenKeys, clock: Clock): TokenVerifier => {
  const check = checkBy(keys);
  return async (token) => {
    if (token === '' || token.length > MAX_TOKEN_LENGTH) {
      return err({ kind: 'refused', message: 'a token is required' });
    }
    try {
      const { payload } = await check(token, {
        audience: AUDIENCE,
        requiredClaims: ['exp', 'sub', 'tenant'],
        clockTolerance: CLOCK_TOLERANCE_S,
        currentDate: new Date(clock.now()),
      });
      const identity = identityOf(payload);
      return identity.ok ? identity : err({ kind: 'refused', message: identity.error });
    } catch (error) {
      return err(problemOf(error));
    }
  };
};
