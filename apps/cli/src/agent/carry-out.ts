import { setTimeout as delay } from 'node:timers/promises';
import { commandRow, type Response } from '@cordboard/agent-protocol';
import { type Client } from '@cordboard/client';
import { ok, type Result } from '@cordboard/kernel';
import { chooseObject } from './choose-object.ts';
import { showQuestion } from './describe-lists.ts';
import { type Wish } from './words/word.ts';

/** How it went, and what the agent gets to see of it. */
export interface Outcome {
  readonly done: boolean;
  readonly text: string;
}

const LOG_IN_MS = 5_000;
const LOOK_MS = 20;

const ACTIVATE: Wish = { command: 'channel.request.activate' };

const outcomeOf = ({ show }: Wish, response: Response): Outcome => {
  switch (response.result) {
    case 'success':
      return { done: true, text: show?.(response.data ?? {}) ?? '' };
    case 'failure':
      return { done: false, text: `${response.failure.code}: ${response.failure.message}` };
    case 'needinfo':
      return { done: false, text: showQuestion(response.uiExtension) };
    case 'confirm':
      return { done: false, text: response.message };
  }
};

const send = async (client: Client, wish: Wish, target: string): Promise<Outcome> =>
  outcomeOf(wish, await client.request(wish.command, target, wish.data));

/** Logs in on the channel first, when that is all that a command lacks, as a person would expect. */
const logIn = async (client: Client, wish: Wish, wanted?: string): Promise<void> => {
  if (chooseObject(client.model, wish, wanted).ok) return;
  const channel = chooseObject(client.model, { ...ACTIVATE, type: wish.type }, wanted);
  if (!channel.ok || !(await send(client, ACTIVATE, channel.value.path)).done) return;
  for (
    let waited = 0;
    waited < LOG_IN_MS && !chooseObject(client.model, wish, wanted).ok;
    waited += LOOK_MS
  ) {
    await delay(LOOK_MS);
  }
};

const targetOf = (client: Client, wish: Wish, wanted?: string): Result<string, string> => {
  if (commandRow(wish.command).kind === 'session') return ok(client.session ?? '');
  const object = chooseObject(client.model, wish, wanted);
  return object.ok ? ok(object.value.path) : object;
};

/** Sends what a wish asks for to the object that it means; `wanted` names it where the agent did. */
export const carryOut = async (client: Client, wish: Wish, wanted?: string): Promise<Outcome> => {
  if (wish.loggedIn === true) await logIn(client, wish, wanted);
  const target = targetOf(client, wish, wanted);
  return target.ok ? send(client, wish, target.value) : { done: false, text: target.error };
};
