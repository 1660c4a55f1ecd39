import { eventually, type Stack } from '@cordboard/testing';
import { able, post, signIn, succeeded } from '../agent.ts';

/** An agent in a call, on a stack of real processes. */
export interface AgentInCall {
  /** Holds the call, or takes it back; settles with the response. Ready for the next when `settled` is. */
  readonly toggle: () => Promise<unknown>;
  /** The state that the last one led to has been announced. */
  readonly settled: () => Promise<unknown>;
  readonly close: () => void;
}

const AGENT = '1001';

/** Signs an agent in and calls it; the call is up when this settles. */
export const agentInCall = async (stack: Stack): Promise<AgentInCall> => {
  const { client } = await signIn({ edgeUrls: [stack.edgeUrl], agent: AGENT });
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
