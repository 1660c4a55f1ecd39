import { once } from 'node:events';
import { type AddressInfo } from 'node:net';
import { WebSocket, WebSocketServer } from 'ws';
import { type Frame } from './desktop.ts';

/** What reaches the desktop in the place of a frame: nothing, another frame, or several. */
export type Lie = (frame: Frame) => readonly Frame[];

export interface LyingEdge {
  readonly url: string;
  readonly close: () => Promise<void>;
}

/** An edge that passes everything on, but for what it tells its desktops otherwise than it is. */
export const lyingEdge = async (agentUrl: string, newLie: () => Lie): Promise<LyingEdge> => {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  await once(server, 'listening');
  server.on('connection', (desktop, request) => {
    const lie = newLie();
    const protocols = (request.headers['sec-websocket-protocol'] ?? '').split(',').map((name) => name.trim());
    const edge = new WebSocket(agentUrl, protocols);
    const waiting: string[] = [];
    desktop.on('message', (text: Buffer) => {
      if (edge.readyState === WebSocket.OPEN) edge.send(text.toString());
      else waiting.push(text.toString());
    });
    edge.on('open', () => waiting.forEach((text) => edge.send(text)));
    edge.on('message', (text: Buffer) => {
      for (const frame of lie(JSON.parse(text.toString()) as Frame)) desktop.send(JSON.stringify(frame));
    });
    edge.on('close', (code) => desktop.close(code === 1005 || code === 1006 ? 1000 : code));
    edge.on('error', () => desktop.terminate());
    desktop.on('close', () => edge.close());
  });
  return {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      for (const desktop of server.clients) desktop.terminate();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};
