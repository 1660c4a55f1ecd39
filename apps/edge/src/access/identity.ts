import { err, isId, ok, type Result } from '@cordboard/kernel';

/** Who speaks on a connection, as its token says (design: WebSocket profile). */
export interface Identity {
  readonly sub: string;
  readonly tenant: string;
  readonly roles: readonly string[];
  /** Teams that a supervisor sees; `*` means all of the tenant. */
  readonly teams: readonly string[];
  /** Target patterns. */
  readonly grants: readonly string[];
  /** When the token ends, in ms since the epoch. */
  readonly expiresAt: number;
}

const LISTS = {
  roles: /^[a-z][a-z-]{0,31}$/,
  teams: /^(\*|[A-Za-z0-9][A-Za-z0-9_-]{0,63})$/,
  grants: /^[\x21-\x7e]{1,400}$/,
};
const MAX_ITEMS = 64;

const listOf = (name: keyof typeof LISTS, value: unknown): Result<readonly string[], string> => {
  if (value === undefined) return ok([]);
  const fits = (item: unknown): item is string => typeof item === 'string' && LISTS[name].test(item);
  if (!Array.isArray(value) || value.length > MAX_ITEMS || !value.every(fits)) {
    return err(`claim ${name} is not a list of at most ${MAX_ITEMS} names`);
  }
  return ok(value);
};

/** Reads the claims of a token whose signature, audience and end were checked. */
export const identityOf = (claims: Readonly<Record<string, unknown>>): Result<Identity, string> => {
  const { sub, tenant, exp } = claims;
  if (!isId(sub)) return err('claim sub is no id');
  if (!isId(tenant)) return err('claim tenant is no id');
  if (typeof exp !== 'number') return err('claim exp is missing');
  const roles = listOf('roles', claims['roles']);
  if (!roles.ok) return roles;
  const teams = listOf('teams', claims['teams']);
  if (!teams.ok) return teams;
  const grants = listOf('grants', claims['grants']);
  if (!grants.ok) return grants;
  return ok({
    sub,
    tenant,
    roles: roles.value,
    teams: teams.value,
    grants: grants.value,
    expiresAt: exp * 1000,
  });
};
