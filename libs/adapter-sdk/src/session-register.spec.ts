import { virtualClock } from '@cordboard/testing';
import { createSessionRegister } from './session-register.ts';

const setUp = () => {
  const clock = virtualClock();
  const quiet = () => undefined;
  const register = createSessionRegister({
    clock,
    logger: { info: quiet, warn: quiet, error: quiet },
    metrics: { count: quiet },
    send: () => new Promise(() => undefined),
  });
  return { clock, register };
};

describe('the sessions of an adapter', () => {
  it('remembers a closed one for ten minutes', () => {
    const { register, clock } = setUp();
    const session = register.enter({ id: 'S', agent: '1001' });
    if (session === null) throw new Error('refused');
    register.opened(session);
    expect(register.openCount()).toBe(1);
    register.close(session);
    clock.advance(599_999);
    register.purge();
    expect([register.find('S'), register.ofAgent('1001'), register.openCount()]).toEqual([
      session,
      undefined,
      0,
    ]);
    clock.advance(1);
    register.purge();
    expect(register.find('S')).toBeUndefined();
  });

  it('takes twenty thousand', () => {
    const { register } = setUp();
    for (let count = 0; count < 20_000; count += 1)
      register.enter({ id: String(count), agent: String(count) });
    expect(register.enter({ id: 'one more', agent: 'x' })).toBeNull();
  });
});
