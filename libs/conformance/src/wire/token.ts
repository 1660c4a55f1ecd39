import { objectOf, textOf } from './frame.ts';

/** Gives a token for an agent. */
export type TokenSource = (agent: string, roles?: readonly string[]) => Promise<string>;

const TIMEOUT_MS = 5_000;

/** Development tokens of the edge behind a WebSocket address. */
export const developmentTokens =
  (url: string): TokenSource =>
  async (agent, roles = ['agent']) => {
    const address = new URL('/dev/token', url.replace(/^ws/, 'http'));
    const response = await fetch(address, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ agent, roles }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const token = response.ok ? textOf(objectOf(await response.json())['token']) : '';
    if (token === '') {
      throw new Error(
        `${address.href} gave no token for agent ${agent} (HTTP ${response.status}): give one with --token.`,
      );
    }
    return token;
  };

/** The agent that a token is for: its claim `sub`. */
export const agentOf = (token: string): string => {
  try {
    const claims: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
    return textOf(objectOf(claims)['sub']);
  } catch {
    return '';
  }
};
