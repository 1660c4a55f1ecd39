import { virtualClock } from '@cordboard/testing';
import { createSessionRegister } from './session-register.ts';

const setUp = () => {
  const quiet = () => undefined;
  const register = createSessionRegister({
    clock: virtualClock(),
    logger: { info: quiet, warn: quiet, error: quiet },
    metrics: { count: quiet },
    emit: quiet,
  });
  return { register };
};

describe('the sessions of an adapter', () => {
  it('has one session an agent, and forgets what is closed', () => {
    const { register } = setUp();
    const session = register.enter({ id: 'S', agent: '1001' });
    const other = register.enter({ id: 'T', agent: '1001' });
    if (session === null || other === null) throw new Error('refused');
    register.opened(session);
    expect([register.ofAgent('1001'), register.openCount()]).toEqual([session, 1]);
    register.opened(other);
    expect([register.find('S'), register.ofAgent('1001'), register.openCount()]).toEqual([
      undefined,
      other,
      1,
    ]);
    register.close(other);
    expect([register.find('T'), register.ofAgent('1001'), register.openCount()]).toEqual([
      undefined,
      undefined,
      0,
    ]);
  });

  it('takes twenty thousand', () => {
    const { register } = setUp();
    for (let count = 0; count < 20_000; count += 1)
      register.enter({ id: String(count), agent: String(count) });
    expect(register.enter({ id: 'one more', agent: 'x' })).toBeNull();
  });
});
