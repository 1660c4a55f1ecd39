import { HEADERS, subjects } from '@cordboard/bus';
import { count, office } from '@cordboard/testing';

describe('a command', () => {
  it('is carried out once, however often and with whatever content it is sent', async () => {
    const { hire, start, send, types, adapter } = office();
    await hire('w1');
    const { session, channel } = await start();
    const first = await send('channel.request.activate', channel, {}, { requestId: 'same' });
    const again = await send('channel.request.activate', channel, {}, { requestId: 'same' });
    expect([first.result, again]).toEqual(['success', first]);
    expect(count(types(session), 'CommandAccepted')).toBe(2);
    expect(count(adapter.heard, 'channel.request.activate')).toBe(1);
    const other = await send('channel.request.ready', channel, {}, { requestId: 'same' });
    expect(other.failure?.code).toBe('REQUEST_ID_REUSED');
  });

  it('fails with the words of the switch, or when the switch is silent for too long', async () => {
    const { hire, start, send, adapter } = office();
    await hire('w1');
    const { channel } = await start();
    adapter.script('channel.request.activate', { refuse: 'No licence left.' });
    expect(await send('channel.request.activate', channel)).toMatchObject({
      failure: { code: 'CTI_ERROR', message: 'No licence left.' },
    });
    adapter.script('channel.request.activate', 'silent');
    const late = await send('channel.request.activate', channel);
    expect(late.failure?.code).toBe('CTI_ERROR');
  });

  it('of another agent, another session or a former desktop is refused', async () => {
    const { hire, start, send } = office();
    await hire('w1');
    const { channel } = await start();
    const codes = [
      await send('channel.request.ready', channel, {}, { actor: 'agent:1002' }),
      await send('channel.request.ready', channel, {}, { binding: 'b0' }),
      await send('channel.request.ready', channel.replace(/^[^.]+/, '01890a5d-ac96-774b-bcce-b302099a8057')),
    ].map(({ failure }) => failure?.code);
    expect(codes).toEqual(['FORBIDDEN', 'SESSION_TAKEN_OVER', 'UNKNOWN_TARGET']);
  });

  it('whose write is refused fails, and the session goes on from what is stored', async () => {
    const { hire, start, send, types } = office();
    const place = await hire('w1');
    const { session, channel } = await start();
    const before = types(session).length;
    place.failing = { error: { kind: 'unavailable', reason: 'disk full' } };
    const failed = await send('channel.request.activate', channel);
    expect(failed.failure?.code).toBe('SERVICE_UNAVAILABLE');
    expect(types(session).slice(before)).not.toContain('CommandAccepted');
    expect((await send('channel.request.activate', channel)).result).toBe('success');
  });

  it('whose write was stored though its answer was lost is not carried out twice', async () => {
    const { hire, start, send, types, adapter } = office();
    const place = await hire('w1');
    const { session, channel } = await start();
    place.failing = { error: { kind: 'unknown', reason: 'connection lost' }, late: true };
    expect((await send('channel.request.activate', channel)).result).toBe('success');
    expect(count(types(session), 'CommandAccepted')).toBe(2);
    expect(adapter.heard.filter((name) => name.startsWith('channel.request.activate'))).toEqual([
      'channel.request.activate?',
    ]);
  });

  it.each([
    ['in time', null],
    ['late, though stored', { error: { kind: 'unknown', reason: 'connection lost' }, late: true } as const],
  ])(
    'that ended the session and was answered %s has the same answer when it is repeated',
    async (_, failing) => {
      const { hire, start, send, turn, types, adapter } = office();
      const place = await hire('w1');
      const { session } = await start();
      adapter.script('session.request.logout', 'late');
      const logOut = (given: string, requestId = 'bye'): ReturnType<typeof send> =>
        send('session.request.logout', session, { reason: given }, { requestId });
      const ended = logOut('1');
      await turn();
      place.failing = failing;
      const answer = await ended;
      expect(answer.result).toBe('success');
      expect(await logOut('1')).toEqual(answer);
      expect((await logOut('1', 'other')).failure?.code).toBe('SESSION_CLOSED');
      expect((await logOut('2')).failure?.code).toBe('SESSION_CLOSED');
      expect(count(types(session), 'SessionClosed')).toBe(1);
    },
  );

  it('that raises in our own rules fails, and the session goes on', async () => {
    const { hire, start, send, types } = office();
    const place = await hire('w1');
    const { session, channel } = await start();
    place.raising = 'record';
    expect((await send('channel.request.activate', channel)).failure?.code).toBe('SERVICE_UNAVAILABLE');
    expect(place.counts.get('sessions_dropped')).toBe(1);
    expect((await send('channel.request.activate', channel)).result).toBe('success');
    expect(count(types(session), 'CommandAccepted')).toBe(2);
  });

  it('whose probe reaches no adapter is in doubt, not undone', async () => {
    const { hire, start, send, turn, adapter, stream } = office();
    const first = await hire('w1');
    const { session, channel } = await start();
    await hire('w2');
    adapter.script('channel.request.activate', 'silent');
    const pending = send('channel.request.activate', channel);
    await turn();
    first.bus.sever();
    adapter.leave();
    expect((await pending).failure?.code).toBe('CTI_ERROR');
    const answered = stream(session).findLast(({ type }) => type === 'SwitchAnswered');
    expect(answered?.data.answer).toMatchObject({ ok: false, cause: 'unknown' });
  });

  it('that raises before anything is decided fails too, and harms nothing', async () => {
    const { hire, start, send, adapter, settle } = office();
    const place = await hire('w1');
    const { channel } = await start();
    place.raising = 'digest';
    expect((await send('channel.request.activate', channel)).failure?.code).toBe('SERVICE_UNAVAILABLE');
    expect(place.counts.get('messages_dropped')).toBe(1);
    expect(place.worker.owned()).toBe(1);
    expect(await settle(adapter.report('channel.activated', channel))).toBe('{"ok":true}');
  });

  it('of nobody is dropped and said so', async () => {
    const { hire, start, desk, turn, types } = office();
    const { counts } = await hire('w1');
    const { session } = await start();
    const before = types(session).length;
    desk.publish(subjects.command('demo', { session }, 'session.request.logout'), '{}');
    desk.publish(subjects.command('demo', { session }, 'session.request.logout'), '{}', {
      [HEADERS.actor]: 'worker:w2',
    });
    desk.publish(subjects.command('demo', { session }, 'unbindSession'), '{}', {
      [HEADERS.actor]: 'agent:1002',
      [HEADERS.binding]: 'b1',
    });
    await turn();
    expect(counts.get('messages_dropped')).toBe(3);
    expect(types(session)).toHaveLength(before);
  });

  it('is given up in time by a new owner whose clock runs an hour behind', async () => {
    const { hire, start, send, turn, adapter } = office();
    const first = await hire('w1');
    const { channel } = await start();
    await hire('w2', { behindMs: 3_600_000 });
    adapter.script('channel.request.activate', 'silent');
    adapter.onProbe('pending');
    const pending = send('channel.request.activate', channel);
    await turn();
    first.bus.sever();
    expect((await pending).failure).toMatchObject({ code: 'CTI_ERROR' });
  });
});
