import { type JsonObject } from '@cordboard/kernel';
import { objectOf, textOf } from './frame.ts';

/** The world around the desk: callers, writers of mails, the agent's own telephone. */
export interface PhoneSystem {
  readonly call: (to: string, data?: JsonObject) => Promise<string>;
  /** Everybody who called that agent hangs up. */
  readonly hangUpAll: (agent: string) => Promise<void>;
  /** `type`: CHAT, EMAIL or CALLBACK. */
  readonly contact: (type: string, to: string, data?: JsonObject) => Promise<string>;
  /** Everybody who wrote to that agent leaves. */
  readonly leaveAll: (agent: string) => Promise<void>;
  /** What the agent does on the telephone itself. */
  readonly phone: (agent: string, action: string, more?: JsonObject) => Promise<void>;
}

const CALLER = { from: '+12025550123', name: 'Example Caller' } as const;

const TIMEOUT_MS = 5_000;

/** The control API of the simulated switch. */
export const simulatedPhoneSystem = (url: string): PhoneSystem => {
  const send = async (method: string, path: string, body?: JsonObject): Promise<JsonObject> => {
    const response = await fetch(new URL(path, url), {
      method,
      signal: AbortSignal.timeout(TIMEOUT_MS),
      ...(body === undefined
        ? {}
        : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
    const text = await response.text();
    if (!response.ok)
      throw new Error(`the simulator answered ${response.status} to ${method} ${path}: ${text}`);
    return text === '' ? {} : objectOf(JSON.parse(text));
  };
  const calls = new Map<string, string[]>();
  const contacts = new Map<string, string[]>();
  const remember = (of: Map<string, string[]>, agent: string, id: string): string => {
    of.set(agent, [...(of.get(agent) ?? []), id]);
    return id;
  };
  /** What has ended by itself meanwhile cannot be ended again. */
  const endAll = async (
    of: Map<string, string[]>,
    agent: string,
    end: (id: string) => Promise<unknown>,
  ): Promise<void> => {
    const ids = of.get(agent) ?? [];
    of.delete(agent);
    for (const id of ids) await end(id).catch(() => undefined);
  };
  return {
    call: async (to, data = {}) => {
      const { call } = await send('POST', '/v1/calls', { to, ...CALLER, data });
      return remember(calls, to, textOf(objectOf(call)['id']));
    },
    hangUpAll: (agent) => endAll(calls, agent, (id) => send('POST', `/v1/calls/${id}/hangup`, {})),
    contact: async (type, to, data = {}) => {
      const { contact } = await send('POST', '/v1/contacts', { type, to, ...CALLER, data });
      return remember(contacts, to, textOf(objectOf(contact)['id']));
    },
    leaveAll: (agent) => endAll(contacts, agent, (id) => send('DELETE', `/v1/contacts/${id}`)),
    phone: async (agent, action, more = {}) =>
      void (await send('POST', `/v1/agents/${agent}/phone`, { action, ...more })),
  };
};
