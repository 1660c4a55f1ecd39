import { type Desk } from './desk.ts';
import { type Thing } from './objects.ts';

const hangUp = async (desk: Desk, interaction: string): Promise<void> => {
  for (const { path, state } of [...desk.under(interaction)].reverse()) {
    if (state !== 'RELEASED') await desk.ask('conversation.request.release', path);
  }
};

const endWork = async (desk: Desk, { path, state }: Thing): Promise<void> => {
  if (state === 'ALERTING' && desk.under(path).length === 0)
    await desk.ask('interaction.request.reject', path);
  await hangUp(desk, path);
  const over = (): boolean => !desk.things.has(path) || desk.under(path).length === 0;
  await desk.until(over, `the end of ${path}`);
  if (!desk.things.has(path)) return;
  if (!desk.capability(path, 'interaction.request.complete')) {
    await desk.ask('interaction.request.setdisposition', path, { disposition: 'done' });
  }
  await desk.ask('interaction.request.complete', path);
  await desk.until(() => !desk.things.has(path), `the disposal of ${path}`);
};

/** Ends and completes whatever the agent still has on the table. */
export const tidy = async (desk: Desk): Promise<void> => {
  for (const interaction of desk.of('interaction')) await endWork(desk, interaction);
};
