import { wholeCommand } from '../../bench/micro/whole-command.ts';

describe('the micro bench', () => {
  it('measures commands through the whole system, and each hop alone', async () => {
    const { command, floors } = await wholeCommand({ commands: 4 });
    expect(command.count).toBe(4);
    expect(Object.keys(floors)).toEqual(['WebSocket echo', 'NATS request', 'Postgres insert']);
    for (const { count } of Object.values(floors)) expect(count).toBe(4);
  });
});
