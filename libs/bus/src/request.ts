import { type Clock, err, ok } from '@cordboard/kernel';
import { type Bus } from './bus.ts';

/** One question, one answer, a time limit: the rest of `ask` is not needed then. */
export const requestOver =
  (ask: Bus['ask'], clock: Clock): Bus['request'] =>
  (subject, body, { timeoutMs, headers }) =>
    new Promise((resolve) => {
      const end = ask(subject, body, {
        headers,
        onReply: (message) => {
          end();
          cancel();
          resolve(ok(message));
        },
        onNoResponders: (why) => {
          cancel();
          resolve(err(why));
        },
      });
      const cancel = clock.after(timeoutMs, () => {
        end();
        resolve(err('timeout'));
      });
    });
