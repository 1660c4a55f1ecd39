import { type Response } from '@cordboard/agent-protocol';
import { type Client, connect } from '@cordboard/client';
import { SetupError } from '@cordboard/embedded';

export interface SignInOptions {
  readonly id: string;
  readonly password: string;
  /** `http://host:port` of the edge. */
  readonly url: string;
  readonly takeover: boolean;
  /** Call model of prepareSession. */
  readonly model: string;
  /** Name of the switch; empty for the default. */
  readonly processor: string;
}

const TOKEN_TIMEOUT_MS = 5000;

const reasonOf = (error: unknown): string => {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  return cause instanceof Error ? cause.message || cause.name : String(cause);
};

const textIn = (body: unknown, key: string): string | null => {
  const entries: readonly (readonly [string, unknown])[] =
    typeof body === 'object' && body !== null ? Object.entries(body) : [];
  const value = entries.find(([name]) => name === key)?.[1];
  return typeof value === 'string' ? value : null;
};

/** CORDBOARD_TOKEN when it is set, else a development token of the edge. */
const tokenFor = async ({ id, url }: SignInOptions): Promise<string> => {
  const given = process.env['CORDBOARD_TOKEN'] ?? '';
  if (given !== '') return given;
  const response = await fetch(new URL('/dev/token', url), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ agent: id, roles: ['agent'] }),
    signal: AbortSignal.timeout(TOKEN_TIMEOUT_MS),
  }).catch((error: unknown) => {
    throw new SetupError(
      `The edge at ${url} does not answer (${reasonOf(error)}): run npm start, or give --url.`,
    );
  });
  if (response.status === 404) {
    throw new SetupError(`The edge at ${url} gives no development tokens: put a token into CORDBOARD_TOKEN.`);
  }
  const body: unknown = await response.json().catch(() => null);
  const token = textIn(body, 'token');
  if (token !== null) return token;
  throw new SetupError(
    `The edge gave no token for agent "${id}": ${textIn(body, 'message') ?? response.status}`,
  );
};

const messageOf = (response: Response): string =>
  response.result === 'failure' ? `${response.failure.code}: ${response.failure.message}` : response.result;

/** The id of the session in an answer to prepareSession: a new one, or (confirm) the agent's own that exists. */
const sessionIn = (response: Response): string => {
  const session = 'data' in response ? response.data?.['session'] : undefined;
  const id = typeof session === 'object' && session !== null && 'id' in session ? session['id'] : undefined;
  if (typeof id === 'string' && response.result !== 'failure') return id;
  throw new SetupError(`No session: ${messageOf(response)}`);
};

const isStarted = (response: Response): boolean =>
  response.result === 'success' && response.data?.['started'] === true;

/** Connects, finds or makes the agent's session, binds it; `begin` starts it and is called when listening. */
export const signIn = async (
  options: SignInOptions,
): Promise<{ client: Client; begin: () => Promise<void> }> => {
  const { id, password, url, takeover, model, processor } = options;
  await tokenFor(options);
  const client = await connect({
    url: new URL('/agent', url.replace(/^http/, 'ws')).toString(),
    token: () => tokenFor(options),
  }).catch((error: unknown) => {
    throw new SetupError(`The edge at ${url} refused the connection: ${reasonOf(error)}`);
  });
  const begin = async (): Promise<void> => {
    const session = sessionIn(await client.prepare({ model, processor, agent: { id, password } }));
    const bound = await client.bind(session, { takeover });
    if (bound.result === 'failure' && bound.failure.code === 'SESSION_BOUND') {
      throw new SetupError('Another client has this session: end that one, or add --takeover.');
    }
    if (bound.result !== 'success')
      throw new SetupError(`The session could not be bound: ${messageOf(bound)}`);
    if (isStarted(bound)) return;
    const started = await client.commands.start(session);
    if (started.result !== 'success')
      throw new SetupError(`The session did not start: ${messageOf(started)}`);
  };
  return { client, begin };
};
