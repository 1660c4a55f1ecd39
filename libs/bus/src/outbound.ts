/** Bytes after which the server is asked whether it has taken what was sent. */
const ASK_EVERY_BYTES = 256 * 1_024;

/**
 * How much the server has not yet taken. The client writes without looking back, so a server that stops reading
 * would fill this process's memory; `add` answers false once `maxBytes` wait.
 */
export const createOutboundMeter = (
  maxBytes: number,
  flush: () => Promise<void>,
): { readonly add: (bytes: number) => boolean } => {
  let sent = 0;
  let taken = 0;
  let asking = false;

  const ask = (): void => {
    const mark = sent;
    asking = true;
    const done = (): void => {
      asking = false;
    };
    flush().then(() => {
      taken = mark;
      done();
    }, done);
  };

  return {
    add: (bytes) => {
      sent += bytes;
      if (!asking && sent - taken > Math.min(ASK_EVERY_BYTES, maxBytes / 2)) ask();
      return sent - taken <= maxBytes;
    },
  };
};
