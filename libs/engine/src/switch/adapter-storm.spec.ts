import { invariants } from '@cordboard/domain';
import { createVault } from '@cordboard/event-store';
import { officeInCall } from '@cordboard/testing';
import { emptyMemory, foldMemory } from '../session/session-memory.ts';

type Call = Awaited<ReturnType<typeof officeInCall>>;

/** Numbers from 0 to `below`, the same for the same seed. */
const numbers = (seed: number) => {
  let state = seed * 2_654_435_761 + 1;
  return (below: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
};

const CALL = { 'channel-state': 'ACTIVE', interactions: [{ id: 'call' }] };
const NO_CALL = { 'channel-state': 'ACTIVE', interactions: [] };
const LEG = (state: string) => ({ 'conversation-state': state, parties: [] });

/** What may happen to a session, its adapter and its owner; any of it at any time. */
const trouble = (call: Call) => {
  const { adapter } = call;
  let workers = 1;
  let { place } = call;
  const changeOwner = async (): Promise<void> => {
    const next = await call.hire(`w${(workers += 1)}`, { reconcileMs: 5_000 });
    place.bus.sever();
    await place.worker.stop();
    place = next;
  };
  const steps: readonly (() => unknown)[] = [
    () => adapter.restart(),
    () => adapter.leave(),
    () => adapter.comeBack(),
    () => adapter.forget(),
    () => adapter.status('STOPPED'),
    () => adapter.status('STARTED'),
    () => adapter.script('session.query.init', 'silent'),
    () => adapter.script('conversation.query.init', { 'conversation-state': 7 }),
    () => adapter.script('conversation.query.init', LEG('HELD')),
    () => adapter.script('channel.query.init', CALL),
    () => void adapter.report('conversation.held', call.conversation),
    () => void adapter.report('conversation.talking', call.conversation),
    () => void call.send('conversation.request.hold', call.conversation),
    changeOwner,
  ];
  const calm = async (): Promise<void> => {
    adapter.script('session.query.init', { 'channel-groups': [{ id: 'team', name: 'Team' }] });
    adapter.script('conversation.query.init', LEG('TALKING'));
    adapter.restart();
    await call.pass(60_000);
  };
  return { steps, calm, owner: () => place };
};

const stateOf = ({ log, session, stream }: Call) => {
  const keys = [...log.keys.values()].filter((key) => key.sessionId === session);
  const vault = createVault({ tenantKeys: () => Buffer.alloc(32, 7) });
  return foldMemory(emptyMemory(session, 'demo'), stream(session), vault.keyring(session, 'demo', keys))
    .state;
};

describe('whatever happens to an adapter and to the owners of its sessions', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8])('ends with the session as the switch has it (seed %i)', async (seed) => {
    const below = numbers(seed);
    const call = await officeInCall({ reconcileMs: 5_000 });
    const { steps, calm, owner } = trouble(call);
    call.adapter.script('channel.query.init', CALL);
    for (let n = 0; n < 40; n += 1) {
      await steps[below(steps.length)]?.();
      await call.pass(below(4) * 700);
    }
    const talks = below(2) === 0;
    call.adapter.script('channel.query.init', talks ? CALL : NO_CALL);
    await calm();
    const state = stateOf(call);
    expect(invariants(state)).toEqual([]);
    expect([state.phase, state.link, state.reconcile, state.requests]).toEqual(['STARTED', 'up', null, []]);
    expect(state.interactions.map(({ nativeId }) => nativeId)).toEqual(talks ? ['call'] : []);
    expect(state.conversations).toMatchObject(talks ? [{ nativeId: 'leg', state: 'TALKING' }] : []);
    await owner().worker.stop();
    call.adapter.leave();
    await call.pass(61_000);
    expect(call.clock.waiting()).toBe(0);
  });
});
