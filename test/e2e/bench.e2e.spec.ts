import { calls } from '../../bench/calls/calls.ts';
import { gateway } from '../../bench/gateway/gateway.ts';
import { wholeCommand } from '../../bench/micro/whole-command.ts';

describe('the micro bench', () => {
  it('measures commands through the whole system, and each hop alone', async () => {
    const { command, floors } = await wholeCommand({ commands: 4 });
    expect(command.count).toBe(4);
    expect(Object.keys(floors)).toEqual(['WebSocket echo', 'NATS request', 'Postgres insert']);
    for (const { count } of Object.values(floors)) expect(count).toBe(4);
  });
});

describe('the bench of calls', () => {
  it('has all calls up at once and none at the end', async () => {
    const { lines, result } = await calls({ calls: 10 });
    expect(result).toMatchObject({ up: 10, left: 0 });
    expect(lines).toHaveLength(5);
  });
});

describe('the bench of the gateway', () => {
  it('goes both ways', async () => {
    const { lines, result } = await gateway({ rounds: 20 });
    expect(result).toMatchObject({ natsUs: { count: 20 }, gatewayUs: { count: 20 } });
    expect(lines).toHaveLength(4);
  });
});
