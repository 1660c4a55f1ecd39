import { createPlay } from '../play/player.ts';
import { reply, wants } from '../play/row.ts';
import { overEach } from '../room/over-each.ts';
import { type BridgeRoom } from '../room/room.ts';
import { type ScriptedPeer } from '../room/scripted-peer.ts';
import { prepares } from '../sequences/d04-login.ts';
import { inACall } from '../sequences/d05-inbound.ts';

/** A switch side that answers nothing by itself. */
const byHand = (switchSide: ScriptedPeer): void => {
  for (const name of ['cti.request.status', 'cti.query.capabilities']) switchSide.reflex(name, undefined);
};

const refused = [
  wants('prepareSession', '-', { agent: { id: 'AGENT', password: 'demo' } }),
  reply('prepareSession', '-', { result: 'failure', failure: { code: 'CTI_ERROR' } }),
];

const nameAt = async ({ switchSide }: BridgeRoom, index: number) => {
  const asked = await switchSide.asked.at(index);
  return asked.question.header.name;
};

overEach((scene) => {
  it('T-06 asks for the status first, for capabilities when it is told, and has no session before STARTED', async () => {
    const room = await scene.another({ before: byHand });
    expect((await room.switchSide.asked.at(0)).question).toMatchObject({
      header: { type: 'cti.request', name: 'cti.request.status', target: `${room.processor}.CONTROL` },
      body: {},
    });
    room.switchSide.asked.items[0]?.answer();
    expect(room.switchSide.asked.items).toHaveLength(1);
    room.switchSide.status('STARTING', 'the line is being opened');
    expect(await nameAt(room, 1)).toBe('cti.query.capabilities');
    room.switchSide.asked.items[1]?.answer({ 'channel-groups-supported': true });
    await room.pass(6_000);
    await createPlay(room).play(refused);
    room.switchSide.status('STARTED');
    await room.pass(1_000);
    await scene.play(prepares, room);
  });

  it('T-06 takes no session after the link to the switch is lost, until it is back', async () => {
    const room = await scene.another();
    await scene.play(prepares, room);
    await room.pass(6_000);
    room.switchSide.status('STOPPED', 'the link to the switch is lost');
    await room.pass(1_000);
    await createPlay(room).play(refused);
    room.switchSide.status('STARTED');
    await room.pass(1_000);
    await scene.play(prepares, room);
  });

  it('T-06 refuses what a capability denies without asking', async () => {
    const room = await scene.another({
      before: ({ reflex }) => reflex('cti.query.capabilities', { 'mute-supported': false }),
    });
    const play = await scene.play(
      [
        ...inACall,
        wants('conversation.request.mute', 'V1'),
        reply('conversation.request.mute', 'V1', { result: 'failure', failure: { code: 'NOT_SUPPORTED' } }),
      ],
      room,
    );
    await play.nothingElse();
  });
});
