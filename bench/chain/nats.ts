import { connect, type NatsConnection } from '@nats-io/transport-node';

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
