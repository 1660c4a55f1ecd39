import { jetstreamManager } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { privateNats, type PrivateNats } from '@cordboard/testing';
import { FEED_STREAM } from './feed.ts';
import { HEADERS } from './headers.ts';
import { connectNats, type NatsBusWithFeed } from './nats-bus.ts';
import { subjects } from './subjects.ts';

const S = '01890a5d-ac96-774b-bcce-b302099a8057';
const subject = subjects.feed('demo', { session: S }, 'session.closed');
const numbered = (seq: number) => ({ [HEADERS.seq]: String(seq), [HEADERS.messageId]: `${S}:${seq}` });

describe('the durable feed on JetStream', () => {
  let server: PrivateNats;
  let bus: NatsBusWithFeed;
  let admin: NatsConnection;

  beforeAll(async () => {
    server = await privateNats();
  });
  beforeEach(async () => {
    bus = await connectNats({ url: server.url, name: 'test' });
    const { user, password: pass } = server;
    admin = await connect({ servers: `127.0.0.1:${server.port}`, user, pass });
    const { streams } = await jetstreamManager(admin);
    await streams.delete(FEED_STREAM).catch(() => false);
  });
  afterEach(async () => {
    await Promise.all([bus.drain(), admin.close()]);
  });
  afterAll(() => server.stop());

  it('makes its stream once, keeps what an operator changed, and takes each message once', async () => {
    expect((await bus.feed.publish(subject, 'early', numbered(1))).ok).toBe(false);
    expect(await bus.feed.ensure()).toEqual({ ok: true, value: undefined });
    const { streams } = await jetstreamManager(admin);
    const { config } = await streams.info(FEED_STREAM);
    expect(config).toMatchObject({
      subjects: ['cb.v1.*.feed.>'],
      max_bytes: 1_073_741_824,
      max_age: 86_400_000_000_000,
      duplicate_window: 600_000_000_000,
      storage: 'file',
      discard: 'old',
    });
    await streams.update(FEED_STREAM, { max_bytes: 4_096, max_msg_size: 1_000 });
    expect((await bus.feed.ensure()).ok).toBe(true);
    for (const seq of [1, 2, 1, 2, 3]) {
      expect(await bus.feed.publish(subject, `body ${seq}`, numbered(seq))).toEqual({
        ok: true,
        value: undefined,
      });
    }
    expect(await bus.feed.publish(subject, 'x'.repeat(2_000), numbered(4))).toMatchObject({
      error: { kind: 'refused' },
    });
    const { state, config: kept } = await streams.info(FEED_STREAM);
    expect([state.messages, kept.max_bytes]).toEqual([3, 4_096]);
    const stored = await streams.getMessage(FEED_STREAM, { seq: 2 });
    expect([stored?.string(), stored?.header.get(HEADERS.seq)]).toEqual(['body 2', '2']);
  });

  it('still has it after the server was killed', async () => {
    await bus.feed.ensure();
    await bus.feed.publish(subject, 'kept', numbered(9));
    await server.kill();
    await bus.closed;
    expect(await bus.feed.publish(subject, 'x', numbered(10))).toMatchObject({
      error: { kind: 'unavailable' },
    });
    expect((await bus.feed.ensure()).ok).toBe(false);
    await server.restart();
    const again = await connectNats({ url: server.url, name: 'test' });
    const { user, password: pass } = server;
    const reader = await connect({ servers: `127.0.0.1:${server.port}`, user, pass });
    const { streams } = await jetstreamManager(reader);
    const found = await streams.getMessage(FEED_STREAM, { last_by_subj: subject });
    expect(found?.string()).toBe('kept');
    await Promise.all([again.drain(), reader.close()]);
  });

  it('says in one line that its stream has other subjects', async () => {
    const { streams } = await jetstreamManager(admin);
    await streams.add({ name: FEED_STREAM, subjects: ['other.>'] });
    expect(await bus.feed.ensure()).toMatchObject({
      error: {
        kind: 'unavailable',
        reason: 'the stream SESSION_EVENTS does not have the subject cb.v1.*.feed.>',
      },
    });
  });
});
