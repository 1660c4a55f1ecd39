/** What the client uses of a WebSocket; a browser's and that of the `ws` package both fit. */
export interface SocketLike {
  readonly readyState: number;
  readonly bufferedAmount: number;
  send(text: string): void;
  close(code?: number, reason?: string): void;
  addEventListener(type: 'open', listener: () => void): void;
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void;
  addEventListener(
    type: 'close',
    listener: (event: { readonly code: number; readonly reason: string }) => void,
  ): void;
  addEventListener(type: 'error', listener: (event: { readonly message?: string | undefined }) => void): void;
}

export type SocketConstructor = new (url: string, protocols: string[]) => SocketLike;

/**
 * The platform's own WebSocket; Node before 22 has none and takes that of `ws`, told to give each frame a turn
 * of its own as browsers do: whoever awaits a response goes on before the events behind it are told.
 */
export const platformSocket = async (): Promise<SocketConstructor> => {
  const own = (globalThis as { WebSocket?: SocketConstructor }).WebSocket;
  if (own !== undefined) return own;
  const { WebSocket } = await import('ws');
  return class extends WebSocket {
    constructor(url: string, protocols: string[]) {
      super(url, protocols, { allowSynchronousEvents: false });
    }
  };
};
