import { AckPolicy, jetstream, jetstreamManager, type JsMsg } from '@nats-io/jetstream';
import { nanos, type NatsConnection } from '@nats-io/transport-node';
import { type Client } from 'pg';

// region: reading
const STREAM = 'SESSION_EVENTS';
/** Everything of tenant demo but what is about a conversation: the fifth token of the target is absent. */
const FILTER = 'cb.v1.demo.feed.*.*.*.*._.*';

interface FeedEvent {
  readonly session: string;
  readonly sequence: number;
  /** Empty when it is about something above an interaction. */
  readonly interaction: string;
  readonly name: string;
  readonly data: { readonly queue?: string; readonly state?: string };
}

const read = (message: JsMsg): FeedEvent => {
  const [, , , , session = '', , , interaction = '_', , name = ''] = message.subject.split('.');
  const { data } = message.json<Pick<FeedEvent, 'data'>>();
  const sequence = Number(message.headers?.get('seq'));
  return { session, sequence, interaction: interaction === '_' ? '' : interaction, name, data };
};

// region: tables
const TABLES = `
  create table if not exists watched_session (session uuid primary key, sequence integer not null);
  create table if not exists watched_interaction (
    session uuid, interaction text, queue text, state text, primary key (session, interaction))`;

/** Says whether the event is new; a repeated one is at or before the last one of its session. */
const REMEMBER = `
  insert into watched_session values ($1, $2)
  on conflict (session) do update set sequence = excluded.sequence
  where watched_session.sequence < excluded.sequence`;

const SET_QUEUE = `
  insert into watched_interaction (session, interaction, queue) values ($1, $2, $3)
  on conflict (session, interaction) do update set queue = excluded.queue`;

const SET_STATE = `
  insert into watched_interaction (session, interaction, state) values ($1, $2, $3)
  on conflict (session, interaction) do update set state = excluded.state`;

// region: events
const STATES: Readonly<Record<string, string>> = {
  ALERTING: 'waiting',
  STARTED: 'active',
};

/** What an event changes: a statement and its values; null for nothing. */
const changeOf = ({ session, interaction, name, data }: FeedEvent): [string, unknown[]] | null => {
  if (name === 'internal_SessionClosed') {
    return ['delete from watched_interaction where session = $1', [session]];
  }
  if (interaction === '') return null;
  switch (name) {
    case 'internal_InteractionRuled':
      return [SET_QUEUE, [session, interaction, data.queue]];
    case 'state_updated':
      return [SET_STATE, [session, interaction, STATES[data.state ?? ''] ?? null]];
    case 'interaction_disposed':
      return [
        'delete from watched_interaction where session = $1 and interaction = $2',
        [session, interaction],
      ];
    default:
      return null;
  }
};

// region: taking
/** One event, whole or not at all, and once however often it comes. */
const take = async (database: Client, event: FeedEvent): Promise<void> => {
  await database.query('begin');
  try {
    const { rowCount } = await database.query(REMEMBER, [event.session, event.sequence]);
    const change = rowCount === 1 ? changeOf(event) : null;
    if (change !== null) await database.query(...change);
    await database.query('commit');
  } catch (error) {
    await database.query('rollback');
    throw error;
  }
};

// region: following
/** Follows until it is stopped. */
export interface QueueWatch {
  /** Interactions of the queue, and whether each waits or is active. */
  readonly list: () => Promise<readonly { readonly interaction: string; readonly state: string }[]>;
  /** This service was away for so long that the feed may have forgotten events that it has not seen. */
  readonly missed: boolean;
  readonly stop: () => Promise<void>;
}

export const watchQueue = async (
  nats: NatsConnection,
  database: Client,
  queue: string,
): Promise<QueueWatch> => {
  await database.query(TABLES);
  const manager = await jetstreamManager(nats);
  const { ack_floor: floor } = await manager.consumers.add(STREAM, {
    durable_name: `queue-${queue}`,
    filter_subject: FILTER,
    ack_policy: AckPolicy.Explicit,
    // The next event comes when this one is acknowledged: nothing overtakes one that has to be taken again.
    max_ack_pending: 1,
    ack_wait: nanos(30_000),
  });
  const { state } = await manager.streams.info(STREAM);
  const consumer = await jetstream(nats).consumers.get(STREAM, `queue-${queue}`);
  const messages = await consumer.consume();
  const following = (async (): Promise<void> => {
    for await (const message of messages) {
      await take(database, read(message)).then(
        () => message.ack(),
        () => message.nak(1_000),
      );
    }
  })();
  return {
    missed: floor.stream_seq > 0 && state.first_seq > floor.stream_seq + 1,
    list: async () => {
      const query =
        'select interaction, state from watched_interaction where queue = $1 and state is not null order by 1';
      return (await database.query<{ interaction: string; state: string }>(query, [queue])).rows;
    },
    stop: async () => {
      await messages.close();
      await following;
    },
  };
};
