import { connect, headers, type MsgHdrs, type NatsConnection } from '@nats-io/transport-node';

/** A message as it went over NATS. */
export interface Said {
  /** What follows the five tokens of the target, without the dot in front; empty where nothing does. */
  readonly end: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string;
}

/** The NATS client as it is, with the user and password of the address. */
export const connectBare = (url: string, name: string): Promise<NatsConnection> => {
  const { host, username, password } = new URL(url);
  return connect({
    servers: host,
    user: decodeURIComponent(username),
    pass: decodeURIComponent(password),
    name,
    reconnect: false,
  });
};

/** The headers of a recorded message, made once. */
export const headersOf = ({ headers: recorded }: Said): MsgHdrs => {
  const all = headers();
  for (const [name, value] of recorded) all.set(name, value);
  return all;
};
