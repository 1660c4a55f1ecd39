import { setTimeout as delay } from 'node:timers/promises';
import { jetstream } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { type Town } from '../town/town.ts';
import { type Fed } from './records.ts';

const STREAM = 'SESSION_EVENTS';
const FILLED_MS = 30_000;

const messagesIn = async (connection: NatsConnection): Promise<number> =>
  (await (await jetstream(connection).streams.get(STREAM)).info()).state.messages;

/** Everything in the durable feed, from its beginning, once as many messages are there as there are rows. */
export const readFeed = async ({ nats }: Town, rows: number): Promise<readonly Fed[]> => {
  const { port, user, password: pass } = nats;
  const connection = await connect({ servers: `127.0.0.1:${port}`, user, pass });
  try {
    const until = Date.now() + FILLED_MS;
    while ((await messagesIn(connection)) < rows && Date.now() < until) await delay(100);
    const count = await messagesIn(connection);
    const fed: Fed[] = [];
    if (count === 0) return fed;
    const consumer = await jetstream(connection).consumers.get(STREAM);
    for await (const { headers } of await consumer.consume()) {
      const [sessionId = '', seq] = (headers?.get('Nats-Msg-Id') ?? '').split(':');
      fed.push({ sessionId, seq: Number(seq) });
      if (fed.length === count) break;
    }
    return fed;
  } finally {
    await connection.close();
  }
};
