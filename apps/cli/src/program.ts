import { Command, InvalidArgumentError } from 'commander';
import { agentCommand } from './agent/agent-command.ts';
import { helpText } from './agent/words/words.ts';
import { conformanceCommand } from './conformance/conformance-command.ts';
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

const addConformance = (program: Command): void => {
  program
    .command('conformance')
    .description('check a deployment against the agent session protocol, row by row')
    .requiredOption('--url <url>', 'WebSocket address of the edge, for example ws://127.0.0.1:8080')
    .option('--token <jwt>', 'a token of the agent to work as; without it development tokens are asked for')
    .option('--agent <ids>', 'agents to work as, with commas; their sessions are ended', '1001')
    .option('--password <password>', "the agents' password at the switch", 'demo')
    .option(
      '--simulator <url>',
      'control API of the simulated switch; without it rows that need a caller are not run',
    )
    .option('--only <row>', 'only rows that begin so, for example channel.request.ready')
    .option('--record <folder>', 'write a page with an example exchange for every command')
    .option('--json', 'the report as JSON', false)
    .addHelpText(
      'after',
      examples(
        'cordboard conformance --url ws://127.0.0.1:8080 --simulator http://127.0.0.1:8091',
        'cordboard conformance --url wss://desk.example --token eyJ... --only channel.request',
      ),
    )
    .action(conformanceCommand);
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
