import { LEVELS } from '@cordboard/conformance';
import { Command, InvalidArgumentError } from 'commander';
import { agentCommand } from './agent/agent-command.ts';
import { helpText } from './agent/words/words.ts';
import { checkOf } from './conformance/check-of.ts';
import { replayCommand } from './history/replay-command.ts';
import { sessionsCommand } from './history/sessions-command.ts';
import { migrateCommand } from './stack/migrate-command.ts';
import { startCommand } from './stack/start-command.ts';

const examples = (...lines: readonly string[]): string =>
  ['', 'Examples:', ...lines.map((line) => `  ${line}`)].join('\n');

const sequence = (text: string): number => {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 1)
    throw new InvalidArgumentError('give a sequence number from 1.');
  return value;
};

const addStack = (program: Command): void => {
  program
    .command('start')
    .description('start everything on this machine and watch over it until Ctrl-C')
    .option('--fresh', 'forget all state first', false)
    .addHelpText('after', examples('npm start', 'npm start -- --fresh', 'CORDBOARD_EDGE_PORT=0 npm start'))
    .action(startCommand);
  program
    .command('migrate')
    .description('bring the schema of a database up to this release')
    .addHelpText(
      'after',
      examples(
        'CORDBOARD_DATABASE_OWNER_URL=postgres://owner:...@host/db \\',
        'CORDBOARD_DATABASE_URL=postgres://application:...@host/db cordboard migrate',
      ),
    )
    .action(migrateCommand);
};

const addAgent = (program: Command): void => {
  program
    .command('agent')
    .description('be an agent on this terminal')
    .requiredOption('--id <agent>', 'who you are, for example 1001')
    .option('--url <url>', 'address of the edge; the one that npm start runs when left out')
    .option('--password <password>', "the agent's password at the switch", 'demo')
    .option(
      '--model <name>',
      'what the session starts with, such as multimedia; the default when left out',
      '',
    )
    .option('--processor <name>', 'the switch to sign in to; the default when left out', '')
    .option('--takeover', 'take the session from another client that has it', false)
    .addHelpText(
      'after',
      [
        examples(
          'cordboard agent --id 1001',
          'cordboard agent --id 1001 --model multimedia',
          'printf "ready\\nstate\\nquit\\n" | cordboard agent --id 1002',
        ),
        '\nWhat to type then:',
        helpText(),
      ].join('\n'),
    )
    .action(agentCommand);
};

const addHistory = (program: Command): void => {
  program
    .command('sessions')
    .description('list sessions, open ones first')
    .option('--json', 'as JSON, one line each', false)
    .addHelpText('after', examples('cordboard sessions', 'cordboard sessions --json'))
    .action(sessionsCommand);
  program
    .command('replay')
    .description('print what happened in a session, from the log')
    .argument('<session>', 'id of the session, or the beginning of it')
    .option('--at <sequence>', 'print the whole state after this event, as JSON', sequence)
    .option('--json', 'as JSON, one line each event', false)
    .addHelpText('after', examples('cordboard replay 0197a3', 'cordboard replay 0197a3 --at 42'))
    .action(replayCommand);
};

const seconds = (text: string): number => {
  const value = Number(text);
  if (!(value > 0 && value <= 600)) throw new InvalidArgumentError('give seconds, up to 600.');
  return value;
};

const addConformance = (program: Command): void => {
  program
    .command('conformance')
    .description('check a deployment (--url), or an adapter (--adapter), and say what does not hold')
    .option('--url <url>', 'check the agent session protocol at this address of an edge, row by row')
    .option('--adapter <processor>', 'play the bridge against the adapter of this switch')
    .option(
      '--agent <ids>',
      'agents to work as, with commas; their sessions are ended (1001, for an adapter 1008,1009,1010)',
    )
    .option('--password <password>', "the agents' password at the switch", 'demo')
    .option(
      '--simulator <url>',
      'control API of the simulated switch; without it what needs a caller is not run',
    )
    .option('--only <name>', 'only rows, or checks of an adapter, that begin so')
    .option('--json', 'the report as JSON', false)
    .option('--token <jwt>', '--url: a token of the agent to work as; else development tokens are asked for')
    .option('--record <folder>', '--url: write a page with an example exchange for every command')
    .option('--nats <url>', '--adapter: NATS server where it says hello; that of npm start when left out')
    .option('--tenant <id>', '--adapter: its tenant; demo when left out')
    .option('--listen <host:port>', '--adapter: listen here, and let it connect over TCP')
    .option('--dial <number>', '--adapter: a number that somebody answers, in place of a third agent')
    .option('--level <levels>', `--adapter: some of ${LEVELS.join(', ')}, with commas; all when left out`)
    .option('--force', '--adapter: also with agents who are in a call, which is ended', false)
    .option('--timeout <seconds>', '--adapter: how long a step may take; 10 when left out', seconds)
    .addHelpText(
      'after',
      examples(
        'cordboard conformance --url ws://127.0.0.1:8080 --simulator http://127.0.0.1:8091',
        'cordboard conformance --url wss://desk.example --token eyJ... --only channel.request',
        'cordboard conformance --adapter sim --simulator http://127.0.0.1:8091',
        'cordboard conformance --adapter mine --listen 127.0.0.1:8094 --agent 201,202,203 --level basic,consult',
        'cordboard conformance --adapter mine --nats nats://127.0.0.1:4222 --agent 201,202 --dial +12025550100',
      ),
    )
    .action(checkOf);
};

/** The `cordboard` command. */
export const createProgram = (): Command => {
  const program = new Command('cordboard')
    .description('The event-sourced agent-session engine for contact centres.')
    .showHelpAfterError('Run with --help to see what there is.')
    .addHelpText('after', examples('cordboard start', 'cordboard agent --id 1001', 'cordboard sessions'))
    .exitOverride();
  addStack(program);
  addAgent(program);
  addHistory(program);
  addConformance(program);
  return program;
};
