import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { forgetProcess, postgresUser, removeServerHome, SetupError, takePlace } from '@cordboard/embedded';
import { type DataFolder, dataFolder } from '../data-folder.ts';
import { systemClock } from '../system-clock.ts';
import { banner } from './banner.ts';
import { bringUp } from './bring-up.ts';
import { type Installation } from './installation.ts';
import { endLeftovers, killAll } from './leftovers.ts';
import { createRunningParts } from './running-parts.ts';
import { writeRuntime } from './runtime-file.ts';
import { loadSecrets } from './secrets.ts';
import { untilStopped } from './signals.ts';
import { createTerminal, type Terminal } from './terminal.ts';

const SUPERVISOR = 'supervisor';

class CalledOff extends Error {}

/** Forgets all state; programs fetched and the place just taken stay. */
const forgetState = (folder: DataFolder): void => {
  removeServerHome(folder.path, postgresUser());
  const kept = [basename(folder.bin), basename(folder.run)];
  for (const name of readdirSync(folder.path)) {
    if (!kept.includes(name)) rmSync(join(folder.path, name), { recursive: true, force: true });
  }
};

const prepareFolder = async (folder: DataFolder, fresh: boolean, terminal: Terminal): Promise<void> => {
  const ended = await endLeftovers(folder.run, SUPERVISOR);
  if (ended > 0) terminal.say(`  ended ${ended} processes that an earlier start left behind`);
  if (fresh) forgetState(folder);
  mkdirSync(folder.logs, { recursive: true, mode: 0o700 });
};

const serve = async (folder: DataFolder, terminal: Terminal): Promise<void> => {
  const parts = createRunningParts();
  let calledOff = false;
  const goOn = (): void => {
    if (calledOff) throw new CalledOff();
  };
  const stopped = untilStopped(() => {
    terminal.say('Ending everything at once.');
    void killAll(folder.run, SUPERVISOR).finally(() => process.exit(130));
  }).then(() => {
    calledOff = true;
    terminal.say('Stopping; Ctrl-C again ends everything at once.');
  });
  const secrets = loadSecrets(folder.secrets);
  const installation: Installation = { folder, secrets, terminal, clock: systemClock, parts, goOn };
  try {
    const { runtime, rest } = await bringUp(installation);
    writeRuntime(folder, runtime);
    terminal.say(banner(runtime));
    await stopped;
    rest();
  } catch (error) {
    if (!(error instanceof CalledOff)) throw error;
  } finally {
    rmSync(folder.runtime, { force: true });
    await parts.stop();
  }
};

/** `cordboard start`: runs until it is told to stop; settles when nothing is left. */
export const startCommand = async ({ fresh }: { readonly fresh: boolean }): Promise<void> => {
  const folder = dataFolder();
  const terminal = createTerminal((text) => process.stdout.write(text), Date.now);
  mkdirSync(folder.path, { recursive: true, mode: 0o700 });
  if (!takePlace(folder.run, SUPERVISOR)) {
    throw new SetupError(
      'Cordboard runs from this folder already: use it, or stop it with Ctrl-C where it was started.',
    );
  }
  try {
    await prepareFolder(folder, fresh, terminal);
    await serve(folder, terminal);
    terminal.say('Stopped.');
  } finally {
    await endLeftovers(folder.run, SUPERVISOR);
    forgetProcess(folder.run, SUPERVISOR);
  }
};
