import {
  DiscardPolicy,
  JetStreamApiCodes,
  JetStreamApiError,
  jetstreamManager,
  type JetStreamManager,
  RetentionPolicy,
  StorageType,
  type StreamConfig,
} from '@nats-io/jetstream';
import { nanos, type NatsConnection } from '@nats-io/transport-node';
import { err, ok, type Result } from '@cordboard/kernel';
import { type Bus, type BusMessage } from './bus.ts';
import { type Feed, FEED_STREAM, type FeedError } from './feed.ts';
import { subjects } from './subjects.ts';

const HOUR_MS = 3_600_000;
const GIB = 1_073_741_824;
const API_TIMEOUT_MS = 3_000;
const ACK_TIMEOUT_MS = 5_000;
/** Of JetStream: the message is larger than the stream allows. */
const TOO_LARGE = 10_054;

const CONFIG = {
  name: FEED_STREAM,
  subjects: [subjects.feeds()],
  retention: RetentionPolicy.Limits,
  storage: StorageType.File,
  discard: DiscardPolicy.Old,
  max_age: nanos(24 * HOUR_MS),
  max_bytes: GIB,
  duplicate_window: nanos(HOUR_MS / 6),
} satisfies Partial<StreamConfig>;

const unavailable = (reason: string): Result<void, FeedError> => err({ kind: 'unavailable', reason });

const present = async (manager: JetStreamManager): Promise<StreamConfig | null> => {
  try {
    return (await manager.streams.info(FEED_STREAM)).config;
  } catch (error) {
    const missing = error instanceof JetStreamApiError && error.code === JetStreamApiCodes.StreamNotFound;
    if (missing) return null;
    throw error;
  }
};

const ensure = async (connection: NatsConnection): Promise<Result<void, FeedError>> => {
  try {
    const manager = await jetstreamManager(connection, { timeout: API_TIMEOUT_MS });
    const config = await present(manager);
    if (config === null) await manager.streams.add(CONFIG);
    else if (!config.subjects.includes(subjects.feeds())) {
      return unavailable(`the stream ${FEED_STREAM} does not have the subject ${subjects.feeds()}`);
    }
    return ok(undefined);
  } catch (error) {
    return unavailable(error instanceof Error ? error.message : String(error));
  }
};

interface Acknowledgement {
  readonly stream?: string;
  readonly error?: { readonly err_code?: number; readonly description?: string };
}

const outcomeOf = ({ body }: BusMessage): Result<void, FeedError> => {
  const { stream, error } = JSON.parse(body) as Acknowledgement;
  if (error === undefined && stream === FEED_STREAM) return ok(undefined);
  const reason = error?.description ?? `acknowledged by ${String(stream)}`;
  return err({ kind: error?.err_code === TOO_LARGE ? 'refused' : 'unavailable', reason });
};

/**
 * The feed as a JetStream stream, on the connection of the bus (design K1, K20). A message is published as one
 * question of the bus, and never repeated here: a repetition behind the back of the feeder could change the order.
 */
export const createJetStreamFeed = (connection: NatsConnection, bus: Pick<Bus, 'request'>): Feed => ({
  ensure: () => ensure(connection),
  publish: async (subject, body, headers) => {
    const asked = await bus.request(subject, body, { headers, timeoutMs: ACK_TIMEOUT_MS });
    if (!asked.ok) {
      return err({ kind: asked.error === 'too-large' ? 'refused' : 'unavailable', reason: asked.error });
    }
    try {
      return outcomeOf(asked.value);
    } catch {
      return unavailable('an acknowledgement could not be read');
    }
  },
});
