import { WebSocket } from 'ws';

const TOO_LARGE = 1009;
const REASONS: Readonly<Record<number, string>> = {
  [TOO_LARGE]: 'frame larger than 64 KiB',
  1007: 'text is not UTF-8',
};

/** The socket of `ws`, which closes for some violations by itself, made to say why. */
export class AgentSocket extends WebSocket {
  override close(code?: number, data?: string | Buffer): void {
    super.close(code, data ?? REASONS[code ?? 0]);
  }
}
