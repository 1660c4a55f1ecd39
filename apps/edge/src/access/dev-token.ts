import { type Clock } from '@cordboard/kernel';
import { SignJWT } from 'jose';
import { AUDIENCE } from './token-verifier.ts';

/** What `POST /dev/token` asks for, checked. */
export interface DevTokenWish {
  readonly agent: string;
  readonly roles: readonly string[];
}

const DEV_TENANT = 'demo';
const LIFE_MS = 8 * 3_600_000;

/** Signs a token as the real issuer would; for the embedded default, where there is none. */
export const signDevToken = (wish: DevTokenWish, secret: string, clock: Clock): Promise<string> => {
  const issuedAt = Math.floor(clock.now() / 1000);
  return new SignJWT({ tenant: DEV_TENANT, roles: [...wish.roles], teams: [], grants: [] })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(wish.agent)
    .setAudience(AUDIENCE)
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + LIFE_MS / 1000)
    .sign(new TextEncoder().encode(secret));
};
