import { type Client, connect, type SessionObject } from '@cordboard/client';
import { isJsonObject } from '@cordboard/kernel';
import { eventually, type Stack } from '@cordboard/testing';

/** An agent in a call, on a stack of real processes. */
export interface AgentInCall {
  /** Holds the call, or takes it back; settles with the response. Ready for the next when `settled` is. */
  readonly toggle: () => Promise<unknown>;
  /** The state that the last one led to has been announced. */
  readonly settled: () => Promise<unknown>;
  readonly close: () => void;
}

const AGENT = '1001';

const post = async (url: string, body: object): Promise<Record<string, unknown>> => {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${url}: ${response.status} ${await response.text()}`);
  return (await response.json()) as Record<string, unknown>;
};

const succeeded = <T extends { readonly result: string }>(response: T): T => {
  if (response.result !== 'success') throw new Error(JSON.stringify(response));
  return response;
};

/** The only object of its kind, once it takes the command. */
const able = (client: Client, command: string): Promise<SessionObject> =>
  eventually(() => {
    const found = Object.values(client.model.objects).find(({ capabilities }) => capabilities[command]);
    if (found === undefined) throw new Error(`nothing takes ${command}`);
    return found;
  });

const signIn = async (stack: Stack): Promise<Client> => {
  const client = await connect({
    url: stack.agentUrl,
    token: async () => String((await post(`${stack.edgeUrl}/dev/token`, { agent: AGENT }))['token']),
  });
  const prepared = succeeded(await client.prepare({ agent: { id: AGENT, password: 'demo' } }));
  const session = 'data' in prepared ? prepared.data?.['session'] : undefined;
  const id = isJsonObject(session) && typeof session['id'] === 'string' ? session['id'] : '';
  succeeded(await client.bind(id));
  succeeded(await client.commands.start(id));
  return client;
};

/** Signs an agent in and calls it; the call is up when this settles. */
export const agentInCall = async (stack: Stack): Promise<AgentInCall> => {
  const client = await signIn(stack);
  const { path: channel } = await able(client, 'channel.request.activate');
  succeeded(await client.commands.activate(channel));
  await able(client, 'channel.request.ready');
  succeeded(await client.commands.ready(channel));
  await post(`${stack.simulatorUrl}/v1/calls`, { to: AGENT, from: '+12025550123' });
  const { path: call } = await able(client, 'conversation.request.answer');
  succeeded(await client.commands.answer(call));
  const becomes = (state: string) =>
    eventually(() => {
      const now = client.model.objects[call]?.state;
      if (now !== state) throw new Error(`the call is ${now}`);
      return true as const;
    });
  await becomes('TALKING');
  let held = false;
  return {
    toggle: async () => {
      succeeded(await (held ? client.commands.retrieve(call) : client.commands.hold(call)));
      held = !held;
    },
    settled: () => becomes(held ? 'HELD' : 'TALKING'),
    close: () => client.close(),
  };
};
