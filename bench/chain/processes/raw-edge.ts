import { once } from 'node:events';
import { type AddressInfo } from 'node:net';
import { subjects } from '@cordboard/bus';
import { type WebSocket, WebSocketServer } from 'ws';
import { serveParent } from '../helper.ts';
import { connectBare, headersOf, type Said } from '../nats.ts';

// What stands between a browser and NATS when nothing is checked: each frame becomes a request to the owner, each
// answer a frame. It hears the events of its sessions as an edge does; those without a wire form it drops.

const ANSWER_MS = 60_000;
const TEXT = { binary: false } as const;

serveParent({
  start: async ({ natsUrl, command }: { readonly natsUrl: string; readonly command: Said }) => {
    const connection = await connectBare(natsUrl, 'raw-edge');
    const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false });
    await once(server, 'listening');
    const asked = { timeout: ANSWER_MS, headers: headersOf(command) };
    const serve = (socket: WebSocket, path: string): void => {
      const subject = `cb.v1.demo.cmd.${path}.${command.end}`;
      const [session = ''] = path.split('.');
      connection.subscribe(subjects.eventsOf('demo', session), {
        callback: (_, message) => {
          if (!message.subject.includes('.internal_')) socket.send(message.data, TEXT);
        },
      });
      socket.on('message', (frame: Buffer) => {
        connection.request(subject, frame, asked).then(
          (answer) => socket.send(answer.data, TEXT),
          () => socket.close(),
        );
      });
    };
    server.on('connection', (socket, { url = '' }) => serve(socket, url.slice(1)));
    return (server.address() as AddressInfo).port;
  },
});
