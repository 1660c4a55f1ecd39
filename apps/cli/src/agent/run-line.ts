import { setTimeout as delay } from 'node:timers/promises';
import { type Client } from '@cordboard/client';
import { chooseObject } from './choose-object.ts';
import { describeModel } from './describe-object.ts';
import { helpText, usageOf, type Verb, VERBS } from './verbs.ts';

/** Where a line typed leads. */
export type Next = 'go-on' | 'leave';

const MAX_WAIT_SECONDS = 3600;
const LOG_IN_MS = 5_000;
const LOOK_MS = 20;

const send = async (client: Client, command: string, target: string, data = {}): Promise<string> => {
  const response = await client.request(command, target, data);
  return response.result === 'failure' ? `${response.failure.code}: ${response.failure.message}` : '';
};

/** Logs in on the channel first, when that is all that a command lacks, as a person would expect. */
const logIn = async (client: Client, verb: Verb, wanted?: string): Promise<void> => {
  const activate = VERBS['activate'];
  if (activate === undefined || chooseObject(client.model, verb, wanted).ok) return;
  const channel = chooseObject(client.model, activate, wanted);
  if (!channel.ok || (await send(client, activate.command, channel.value.path)) !== '') return;
  for (
    let waited = 0;
    waited < LOG_IN_MS && !chooseObject(client.model, verb, wanted).ok;
    waited += LOOK_MS
  ) {
    await delay(LOOK_MS);
  }
};

const runVerb = async (
  client: Client,
  name: string,
  verb: Verb,
  args: readonly string[],
): Promise<string> => {
  const [argument = '', wanted] = verb.argument === undefined ? ['', args[0]] : args;
  if (verb.argument !== undefined && argument === '') return `Say: ${usageOf(name)}`;
  if (verb.loggedIn === true) await logIn(client, verb, wanted);
  const object = chooseObject(client.model, verb, wanted);
  return object.ok ? send(client, verb.command, object.value.path, verb.data(argument)) : object.error;
};

const wait = async (words: string | undefined): Promise<string> => {
  const seconds = Number(words ?? '1');
  if (!(seconds >= 0 && seconds <= MAX_WAIT_SECONDS))
    return `Say: wait <seconds>, at most ${MAX_WAIT_SECONDS}`;
  await delay(seconds * 1000);
  return '';
};

const OTHERS: Readonly<
  Record<string, (client: Client, args: readonly string[]) => Promise<string> | string>
> = {
  state: ({ model }) => describeModel(model),
  help: helpText,
  wait: (_client, [seconds]) => wait(seconds),
  logout: (client) => (client.session === null ? '' : send(client, 'session.request.logout', client.session)),
};

/** Carries out one line; what is to be shown goes to `say`. */
export const runLine = async (client: Client, line: string, say: (text: string) => void): Promise<Next> => {
  const [name = '', ...args] = line.trim().split(/\s+/);
  if (name === '') return 'go-on';
  if (name === 'quit') return 'leave';
  const verb = Object.hasOwn(VERBS, name) ? VERBS[name] : undefined;
  const other = Object.hasOwn(OTHERS, name) ? OTHERS[name] : undefined;
  const answer =
    verb === undefined
      ? await (other?.(client, args) ?? `There is no "${name}"; type help.`)
      : await runVerb(client, name, verb, args);
  if (answer !== '') say(answer);
  return name === 'logout' && answer === '' ? 'leave' : 'go-on';
};
