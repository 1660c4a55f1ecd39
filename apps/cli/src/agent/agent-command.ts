import { type Client } from '@cordboard/client';
import { SetupError } from '@cordboard/embedded';
import { dataFolder } from '../data-folder.ts';
import { addressOf } from '../stack/runtime-file.ts';
import { describeEvent } from './describe-event.ts';
import { describeModel } from './describe-object.ts';
import { openPrompt, type Prompt } from './prompt.ts';
import { runLine } from './run-line.ts';
import { signIn } from './sign-in.ts';

interface AgentOptions {
  readonly id: string;
  readonly url?: string | undefined;
  readonly password: string;
  readonly takeover: boolean;
  /** Call model: which media the session starts with; empty for the default. */
  readonly model: string;
  /** The switch; empty for the default. */
  readonly processor: string;
}

const INITIALIZED_MS = 10_000;

const addressGiven = (url: string): string => {
  if (URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)) return url;
  throw new SetupError(`--url is "${url}": give the address of the edge, for example http://127.0.0.1:8080.`);
};

/** Every object of the session has been announced; commands before that would find nothing to mean. */
const untilInitialized = (client: Client): Promise<void> =>
  new Promise((resolve, reject) => {
    if (client.model.initialized) return resolve();
    const tooLate = setTimeout(
      () => reject(new SetupError('The switch did not announce the session in time.')),
      INITIALIZED_MS,
    );
    const remove = client.on('session.initialized', () => {
      clearTimeout(tooLate);
      remove();
      resolve();
    });
  });

const showLife = (client: Client, { say, close }: Prompt, onEnd: (message: string) => void): void => {
  client.on('*', (event) => say(describeEvent(event)));
  client.onReset((model) => {
    // A new session has nothing to show yet; its objects are announced one by one.
    if (model.initialized) say(describeModel(model));
  });
  client.onStatus((status) => {
    if (status.kind === 'waiting') say(`The line is lost (${status.reason}); trying again.`);
    if (status.kind !== 'ended' || status.reason === 'closed') return;
    onEnd(status.message);
    close();
  });
};

const talk = async (client: Client, prompt: Prompt): Promise<void> => {
  for await (const line of prompt.lines) {
    if ((await runLine(client, line, prompt.say)) === 'leave') return;
  }
};

/** `cordboard agent`: one agent on a terminal, or driven by lines on stdin. */
export const agentCommand = async (options: AgentOptions): Promise<void> => {
  const { id, password, takeover, model, processor } = options;
  const url =
    options.url === undefined
      ? addressOf(dataFolder(), 'CORDBOARD_EDGE_URL', 'edgeUrl')
      : addressGiven(options.url);
  const { client, begin } = await signIn({ id, password, url, takeover, model, processor });
  const prompt = openPrompt();
  let ending: string | null = null;
  showLife(client, prompt, (message) => {
    ending = message;
  });
  try {
    await begin();
    await untilInitialized(client);
    prompt.say(`Agent ${id}, session ${client.session ?? ''}. Type help.`);
    await talk(client, prompt);
  } finally {
    client.close();
    prompt.close();
  }
  if (ending !== null) prompt.say(`The session is over: ${String(ending)}`);
};
