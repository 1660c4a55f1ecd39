import { type JsonObject } from '@cordboard/kernel';
import { Mismatch } from '../../check/mismatch.ts';
import { objectOf, textOf } from '../../wire/frame.ts';
import { type Desk } from './desk.ts';

const parentOf = (path: string): string => path.slice(0, path.lastIndexOf('.'));
const idOf = (path: string): string => path.slice(path.lastIndexOf('.') + 1);

const release = async (desk: Desk, leg: string): Promise<void> => {
  if ((await desk.stateOf(leg)) === 'RELEASED') return;
  const from = desk.line.mark;
  await desk.ask('conversation.request.release', leg);
  await desk.line.event('conversation.ended', leg, from);
};

/** A leg that is listed and not registered, because a check has disposed of it, is registered again. */
const registerAll = async (desk: Desk, interaction: string, reading: JsonObject): Promise<void> => {
  for (const leg of Object.values(objectOf(reading['conversations']))) {
    const nativeId = textOf(objectOf(leg)['id']);
    if (!desk.line.objects.hasNative(interaction, nativeId)) await desk.join(interaction, nativeId);
  }
};

const hangUp = async (desk: Desk, interaction: string): Promise<void> => {
  const reading = await desk.must('interaction.query.init', interaction);
  const state = reading['interaction-state'];
  if (state === 'ALERTING' || state === 'DIALING') await desk.ask('interaction.request.reject', interaction);
  if (state !== 'STARTED') return;
  await registerAll(desk, interaction, reading);
  for (const leg of [...desk.line.objects.below(interaction, 'conversation')].reverse())
    await release(desk, leg);
};

/** Ends and completes whatever work there is at these desks, so that the next check begins with empty ones. */
export const tidy = async (desks: readonly Desk[]): Promise<void> => {
  const works = desks.flatMap((desk) =>
    desk.line.objects.below(desk.session, 'interaction').map((interaction) => ({ desk, interaction })),
  );
  for (const { desk, interaction } of works) await hangUp(desk, interaction).catch(() => undefined);
  await works[0]?.desk.line.settled();
  for (const { desk, interaction } of works) {
    for (const leg of desk.line.objects.below(interaction, 'conversation'))
      await desk.ask('conversation.request.dispose', leg);
    await desk.ask('interaction.request.complete', interaction);
    await desk.ask('interaction.request.dispose', interaction);
  }
  // What the end of the work makes of the channels is no matter of the next check.
  await works[0]?.desk.line.settled();
};

type Tried = (name: string, target: string, body?: JsonObject) => Promise<void>;

/** Asks, and passes over what is refused. */
const trying =
  (desk: Desk): Tried =>
  async (name, target, body = {}) =>
    void (await desk.ask(name, target, body).catch(() => undefined));

const disposeChannels = async ({ session, line }: Desk, tried: Tried): Promise<void> => {
  for (const channel of line.objects.below(session, 'channel')) {
    await tried('channel.request.dispose', channel);
    await tried('channelgroup.request.removechannel', parentOf(channel), { id: idOf(channel) });
  }
  for (const group of line.objects.below(session, 'channelgroup')) {
    await tried('channelgroup.request.dispose', group);
    await tried('session.request.removechannelgroup', session, { id: idOf(group) });
  }
};

/** Looks what an agent has to do already, and goes away again: nothing is ended, and who was out is out again. */
export const workOf = async (desk: Desk): Promise<readonly string[]> => {
  const works = await desk.open().catch((error: unknown) => {
    if (error instanceof Mismatch) return [];
    throw error;
  });
  const { session, line } = desk;
  const tried = trying(desk);
  for (const leg of line.objects.below(session, 'conversation'))
    await tried('conversation.request.dispose', leg);
  for (const { interaction } of works) await tried('interaction.request.dispose', interaction);
  await disposeChannels(desk, tried);
  const wasOut = works.length === 0 && desk.channels.every(({ active }) => !active);
  if (wasOut) await tried('session.request.logout', session);
  await tried('session.request.dispose', session);
  await line.settled();
  desk.forget();
  return works.map(({ nativeId, reading }) => `${nativeId} ${textOf(reading['interaction-state'])}`);
};

/** Logs out and disposes bottom-up (D.9); what is refused on the way is passed over. */
export const shut = async (desk: Desk): Promise<void> => {
  const { session, line } = desk;
  if (session === '') return;
  const tried = trying(desk);
  await tidy([desk]).catch(() => undefined);
  for (const { path } of desk.channels) {
    await tried('channel.request.notready', path, { reasoncode: 'logout' });
    await tried('channel.request.deactivate', path);
  }
  await line.settled();
  await disposeChannels(desk, tried);
  await tried('session.request.logout', session);
  await line.settled();
  await tried('session.request.dispose', session);
  desk.forget();
};
