import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer, type SecureContextOptions, TLSSocket } from 'node:tls';
import { type Caller } from './admission.ts';
import { HANDSHAKE_MS, MAX_CONNECTIONS } from './limits.ts';

/** Keys of a TLS server, as PEM texts. With `ca` clients are asked for a certificate. */
export interface TlsKeys {
  readonly cert: string;
  readonly key: string;
  readonly ca?: string | undefined;
}

export interface ListenerOptions {
  readonly host: string;
  /** 0 takes any free one. */
  readonly port: number;
  readonly tls?: TlsKeys | undefined;
  readonly onConnection: (socket: Socket, caller: Caller) => void;
  /** More connections than are taken. */
  readonly onSurplus: () => void;
  readonly onHandshakeFailed: (why: string) => void;
}

/** The port that adapters connect to. */
export interface Listener {
  /** Listens; gives the port. Rejects when it cannot. */
  readonly open: () => Promise<number>;
  /** Takes nobody new. */
  readonly close: () => void;
}

const certificateOf = (socket: TLSSocket): Caller['certificate'] => {
  const { subject } = socket.getPeerCertificate();
  if (subject === undefined) return undefined;
  const { CN } = subject as { readonly CN?: unknown };
  return { valid: socket.authorized, name: typeof CN === 'string' ? CN : '' };
};

const callerOf = (socket: Socket): Caller => ({
  remoteAddress: socket.remoteAddress,
  ...(socket instanceof TLSSocket ? { certificate: certificateOf(socket) } : {}),
});

const tlsOptions = ({ cert, key, ca }: TlsKeys): SecureContextOptions & Record<string, unknown> => ({
  cert,
  key,
  minVersion: 'TLSv1.2',
  handshakeTimeout: HANDSHAKE_MS,
  ...(ca === undefined ? {} : { ca, requestCert: true, rejectUnauthorized: false }),
});

const serverFor = ({ tls, onHandshakeFailed }: ListenerOptions, take: (socket: Socket) => void): Server => {
  if (tls === undefined) return createServer(take);
  const server = createTlsServer(tlsOptions(tls), take);
  server.on('tlsClientError', (error) => onHandshakeFailed(error.message));
  return server;
};

export const createListener = (options: ListenerOptions): Listener => {
  const server = serverFor(options, (socket) => {
    socket.setNoDelay(true);
    options.onConnection(socket, callerOf(socket));
  });
  server.maxConnections = MAX_CONNECTIONS;
  server.on('drop', options.onSurplus);
  return {
    open: () =>
      new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen(options.port, options.host, () => {
          server.off('error', reject);
          resolve((server.address() as AddressInfo).port);
        });
      }),
    close: () => void server.close(),
  };
};
