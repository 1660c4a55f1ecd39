import { type JsonObject } from '@cordboard/kernel';
import { type View } from '../world/browser.ts';
import { type Random } from '../world/random.ts';

export interface Wish {
  readonly command: string;
  readonly target: string;
  readonly data: JsonObject;
}

type DataFor = (random: Random) => JsonObject;

const nothing: DataFor = () => ({});
const destination: DataFor = (random) => ({
  destination: random.pick(['+12025550123', '7000', '1001', '1002', '1003']),
});

/** What agents do all day, how often beside each other, and with what data. */
const COMMANDS: Readonly<Record<string, readonly [weight: number, data: DataFor]>> = {
  'channelgroup.request.activateall': [1, nothing],
  'channel.request.activate': [6, nothing],
  'channel.request.deactivate': [1, nothing],
  'channel.request.ready': [6, nothing],
  'channel.request.notready': [3, () => ({ reasoncode: 'acw' })],
  'channel.request.dial': [2, destination],
  'interaction.request.accept': [3, nothing],
  'interaction.request.reject': [1, nothing],
  'interaction.request.setinteractiondata': [
    3,
    (random) => ({ key: 'note', value: String(random.between(1, 99)) }),
  ],
  'interaction.request.setdisposition': [1, () => ({ disposition: 'done' })],
  'interaction.request.complete': [6, nothing],
  'interaction.request.consult': [1, destination],
  'interaction.request.alternate': [2, nothing],
  'interaction.request.consulttransfer': [1, nothing],
  'conversation.request.answer': [6, nothing],
  'conversation.request.hold': [4, nothing],
  'conversation.request.retrieve': [4, nothing],
  'conversation.request.mute': [2, nothing],
  'conversation.request.unmute': [2, nothing],
  'conversation.request.senddtmf': [1, () => ({ digits: '12#' })],
  'conversation.request.release': [3, nothing],
};

/** Something that the view allows, or at times forbids; null when it shows no object yet. */
export const nextWish = (view: View, random: Random): Wish | null => {
  const forbidden = random.chance(0.1);
  const choices: Wish[] = [];
  for (const [target, allowed] of view) {
    for (const command in allowed) {
      const row = COMMANDS[command];
      if (row === undefined || allowed[command] === forbidden) continue;
      const wish = { command, target, data: row[1](random) };
      for (let weight = 0; weight < row[0]; weight += 1) choices.push(wish);
    }
  }
  return choices.length === 0 ? null : random.pick(choices);
};

/** Some command on an object that is gone: it must be refused. */
export const hopelessWish = (session: string): Wish => ({
  command: 'channel.request.ready',
  target: `${session}.nowhere.none`,
  data: {},
});
