import { jetstream } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import {
  eventually,
  privateDatabase,
  type PrivateDatabase,
  privateNats,
  type PrivateNats,
} from '@cordboard/testing';
import { Client } from 'pg';
import { type QueueWatch, watchQueue } from './queue-watch.ts';
import { smallHouse } from './small-house.ts';

describe('a service that follows one queue from the durable feed', () => {
  let nats: PrivateNats;
  let database: PrivateDatabase;
  let own: Client;
  let connection: NatsConnection;
  let house: Awaited<ReturnType<typeof smallHouse>> | null = null;
  let watch: QueueWatch | null = null;

  beforeEach(async () => {
    [nats, database] = await Promise.all([privateNats(), privateDatabase()]);
    own = new Client({ connectionString: database.adminUrl });
    await own.connect();
    const { port, user, password: pass } = nats;
    connection = await connect({ servers: `127.0.0.1:${port}`, user, pass });
  });
  afterEach(async () => {
    await watch?.stop();
    await house?.close();
    await Promise.all([connection.close(), own.end()]);
    await Promise.all([nats.stop(), database.drop()]);
  });

  const shows = (watch: QueueWatch, ...states: readonly string[]): Promise<boolean> =>
    eventually(async () => {
      expect((await watch.list()).map(({ state }) => state)).toEqual(states);
      return true;
    });

  it('knows who waits and who is served, over its own restart and whatever comes twice', async () => {
    house = await smallHouse(nats, database);
    watch = await eventually(() => watchQueue(connection, own, '7001'));
    const call = await house.ring('7001');
    await shows(watch, 'waiting');
    await house.report('conversation.talking', call.conversation);
    await house.report('interaction.started', call.interaction);
    await shows(watch, 'active');
    await watch.stop();

    await house.ring('7001');
    await house.ring('unheard-of');
    await house.report('conversation.ended', call.conversation);
    watch = await watchQueue(connection, own, '7001');
    expect(watch.missed).toBe(false);
    await shows(watch, 'active', 'waiting');

    const stream = await jetstream(connection).streams.get('SESSION_EVENTS');
    const ruled = await stream.getMessage({ last_by_subj: 'cb.v1.demo.feed.*.*.*.*._.state_updated' });
    if (ruled === null) throw new Error('there is no such event');
    const again = { headers: ruled.header };
    again.headers.delete('Nats-Msg-Id');
    await jetstream(connection).publish(ruled.subject, ruled.string(), again);
    await house.report('interaction.ended', call.interaction);
    await shows(watch, 'waiting');
  });
});
