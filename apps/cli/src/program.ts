import { Command, InvalidArgumentError } from 'commander';
import { agentCommand } from './agent/agent-command.ts';
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
    .option('--takeover', 'take the session from another client that has it', false)
    .addHelpText(
      'after',
      examples('cordboard agent --id 1001', 'printf "ready\\nstate\\nquit\\n" | cordboard agent --id 1002'),
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
  return program;
};
