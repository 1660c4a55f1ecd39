import { err, ok, type Result } from '@cordboard/kernel';

interface WithAgent {
  readonly id: string;
}

/**
 * Handlers of a switch with one agent, 1001, one phone and one call that rings; what is asked of it goes into
 * `called`. Agent 1009 may not log in.
 */
export const quietHandlers = (called: string[]) => {
  const done =
    (name: string) =>
    (at: { readonly agent: string }): Result<void, string> => {
      called.push(`${name} ${at.agent}`);
      return ok(undefined);
    };
  return {
    capabilities: () => ({ 'mute-supported': true }),
    validateAgent: ({ password }: { readonly password: string }): Result<void, string> =>
      password === 'demo' ? ok(undefined) : err('wrong password'),
    agentInfo: ({ id }: WithAgent) => ok({ id, name: `Agent ${id}` }),
    createSession: ({ id }: WithAgent): Result<{ readonly nativeId: string }, string> => {
      called.push(`createSession ${id}`);
      return id === '1009' ? err('login refused') : ok({ nativeId: id });
    },
    readSession: () => ok({ groups: [{ id: 'team', name: 'Team' }] }),
    readGroup: () => ok({ channels: [{ endPoint: '1001', type: 'TELEPHONY' }] }),
    readChannel: () => ok({ state: 'ACTIVE', agent: { status: 'ready' }, interactions: [] } as const),
    readInteraction: () =>
      ok({ state: 'ALERTING', data: { ANI: '5550100' }, conversations: { primary: 'talk' } } as const),
    readConversation: () => ok({ state: 'RINGING', parties: [{ number: '5550100' }] } as const),
    logOut: done('logOut'),
    ready: done('ready'),
    accept: done('accept'),
    hold: done('hold'),
    dial: (_: unknown, destination: string): Result<void, string> => {
      called.push(`dial ${destination}`);
      return ok(undefined);
    },
  };
};
