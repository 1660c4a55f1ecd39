/** What the runtime needs of the process around it; `node:process` fits. */
export interface ProcessPort {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stderr: { readonly write: (text: string) => unknown };
  readonly on: (event: string, listener: (...details: unknown[]) => void) => unknown;
  readonly exit: (code: number) => void;
  /** Present under a supervisor. */
  readonly send?: ((message: object) => unknown) | undefined;
}
