import { eventually } from '@cordboard/testing';
import { type Play } from '../play/player.ts';
import { done, reply, type Row, state, told, wants } from '../play/row.ts';
import { overEach, type Scene } from '../room/over-each.ts';
import { type BridgeRoom } from '../room/room.ts';
import { THE_CALLER } from '../sequences/numbers.ts';
import {
  findsConsult,
  readsSession,
  registersChannel,
  registersLegs,
  WITH_EXPERT,
} from '../sequences/d15-found.ts';

/** Everything is registered again under the ids it had, and read. */
const readAgain: readonly Row[] = [
  ...readsSession,
  ...registersChannel,
  ...done('interaction.query.init', 'I', {}, WITH_EXPERT),
  ...registersLegs,
];

/** A consult was found, then the adapter goes and comes back. */
const afterLoss = async (scene: Scene): Promise<{ readonly room: BridgeRoom; readonly play: Play }> => {
  const room = await scene.another();
  const play = await scene.play(findsConsult, room);
  const before = room.statuses();
  room.lose();
  await eventually(() => room.statuses() > before);
  await room.reconnect();
  return { room, play };
};

overEach((scene) => {
  it('T-24 registers and reads everything again after a loss, under the old ids, and tells nothing that is known', async () => {
    const { play } = await afterLoss(scene);
    await play.play(readAgain);
    await play.nothingElse();
    await play.play([
      wants('conversation.request.hold', 'V2'),
      ...done('conversation.request.hold', 'V2'),
      reply('conversation.request.hold', 'V2'),
    ]);
  });

  it('T-24 tells what has changed meanwhile by the events that tell it always', async () => {
    const { play } = await afterLoss(scene);
    await play.play([
      ...readsSession,
      ...registersChannel,
      ...done(
        'interaction.query.init',
        'I',
        {},
        { ...WITH_EXPERT, conversations: { primary: { id: 'nV1' } } },
      ),
      ...done('interaction.request.createconversation', 'I', { id: 'V1', nativeid: 'nV1' }),
      ...done(
        'conversation.query.init',
        'V1',
        {},
        { 'conversation-state': 'TALKING', parties: [THE_CALLER] },
      ),
      state('V1', 'TALKING'),
      told('interaction.focuschanged', 'I', { conversation: { id: 'V1' } }),
      state('V2', 'RELEASED'),
      told('conversation.disposed', 'V2'),
      state('I', 'STARTED'),
    ]);
    await play.nothingElse();
  });

  it('T-24 ends a call that ended while nobody looked', async () => {
    const { play } = await afterLoss(scene);
    await play.play([
      ...readsSession,
      ...registersChannel.slice(0, -4),
      ...done(
        'channel.query.init',
        'H',
        {},
        {
          'channel-state': 'ACTIVE',
          'agent-state': { status: 'not_ready' },
          interactions: [],
        },
      ),
      state('V1', 'RELEASED'),
      told('conversation.disposed', 'V1'),
      state('V2', 'RELEASED'),
      told('conversation.disposed', 'V2'),
      told('interaction.ended', 'I'),
      state('I', 'ENDED'),
      told('interaction.disposed', 'I'),
    ]);
    await play.nothingElse();
  });
});
