import { type Client, connect, type SessionObject } from '@cordboard/client';
import { isJsonObject } from '@cordboard/kernel';
import { eventually } from '@cordboard/testing';

/** Where an agent signs in. */
export interface Place {
  /** `http://127.0.0.1:port` of edges that give development tokens; the first that can be reached serves. */
  readonly edgeUrls: readonly string[];
  readonly agent: string;
}

export const post = async (url: string, body: object): Promise<Record<string, unknown>> => {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${url}: ${response.status} ${await response.text()}`);
  return (await response.json()) as Record<string, unknown>;
};

export const succeeded = <T extends { readonly result: string }>(response: T): T => {
  if (response.result !== 'success') throw new Error(JSON.stringify(response));
  return response;
};

/** The only object that takes a command, once there is one. */
export const able = (client: Client, command: string): Promise<SessionObject> =>
  eventually(() => {
    const found = Object.values(client.model.objects).find(({ capabilities }) => capabilities[command]);
    if (found === undefined) throw new Error(`nothing takes ${command}`);
    return found;
  });

/** A development token; an edge that is being started again gives none. */
const tokenFrom = async ([first, ...others]: readonly string[], agent: string): Promise<string> => {
  try {
    return String((await post(`${first}/dev/token`, { agent }))['token']);
  } catch (error) {
    if (others.length === 0) throw error;
    return tokenFrom(others, agent);
  }
};

/** Opens a session of the agent, starts it and makes its phone ready; gives the path of that channel. */
export const signIn = async ({
  edgeUrls,
  agent,
}: Place): Promise<{ readonly client: Client; readonly channel: string }> => {
  const client = await connect({
    url: edgeUrls.map((url) => `${url.replace('http:', 'ws:')}/agent`),
    token: () => tokenFrom(edgeUrls, agent),
  });
  const prepared = succeeded(await client.prepare({ agent: { id: agent, password: 'demo' } }));
  const session = 'data' in prepared ? prepared.data?.['session'] : undefined;
  const id = isJsonObject(session) && typeof session['id'] === 'string' ? session['id'] : '';
  succeeded(await client.bind(id));
  succeeded(await client.commands.start(id));
  const { path: channel } = await able(client, 'channel.request.activate');
  succeeded(await client.commands.activate(channel));
  await able(client, 'channel.request.ready');
  succeeded(await client.commands.ready(channel));
  return { client, channel };
};
