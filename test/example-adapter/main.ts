// region: main
import { runAdapter } from '@cordboard/adapter-sdk';
import { littleHandlers, reportNotices } from './adapter.ts';
import { createLittleSwitch } from './little-switch.ts';

const numbers = ['101', '102', '103'];
const phones = createLittleSwitch(
  numbers.map((number) => ({ number, name: `Phone ${number}`, pin: '1234' })),
);
const adapter = runAdapter({ processor: 'little', handlers: littleHandlers(phones) });
reportNotices(phones, adapter.report);

// region: outside
const ANSWER_MS = 500;

// Whoever is called outside answers after a moment.
phones.onNotice((notice) => {
  if (!('call' in notice) || notice.call.state !== 'calling') return;
  const { id } = notice.call;
  setTimeout(() => {
    if (phones.call(id)?.twin === undefined) phones.otherAnswers(id, () => undefined);
  }, ANSWER_MS);
});
