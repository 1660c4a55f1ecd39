/** One command of the WebSocket profile: about the connection, not about an object of the session. */
interface ServiceCommandRow {
  readonly name: string;
  readonly target: 'session' | 'none';
}

const ROWS = [
  { name: 'prepareSession', target: 'none' },
  { name: 'bindSession', target: 'session' },
  { name: 'observe', target: 'none' },
  { name: 'renewToken', target: 'none' },
] as const satisfies readonly ServiceCommandRow[];

/** Name of a command of the WebSocket profile; there are no aliases. */
export type ServiceCommandName = (typeof ROWS)[number]['name'];

/** The commands that the WebSocket profile adds to the agent protocol. */
export const SERVICE_COMMANDS: readonly (ServiceCommandRow & { readonly name: ServiceCommandName })[] = ROWS;

/** The service command of that name, or null. */
export const serviceCommand = (
  received: string,
): (ServiceCommandRow & { readonly name: ServiceCommandName }) | null =>
  SERVICE_COMMANDS.find(({ name }) => name === received.trim()) ?? null;
