import { isJsonObject } from '@cordboard/kernel';

/** When a JWT ends, in ms since the epoch; null when it cannot be read. The signature is the server's affair. */
export const tokenExpiry = (token: string): number | null => {
  const payload = token.split('.')[1];
  if (payload === undefined) return null;
  try {
    const claims: unknown = JSON.parse(atob(payload.replaceAll('-', '+').replaceAll('_', '/')));
    return isJsonObject(claims) && typeof claims['exp'] === 'number' ? claims['exp'] * 1000 : null;
  } catch {
    return null;
  }
};
